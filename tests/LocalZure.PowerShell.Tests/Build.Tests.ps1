BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $executable = Get-PowerShellProgram

    # Runs the build script as build.sh does.
    function Invoke-Script([string[]] $Argument) {
        $output = & $executable -NoLogo -NoProfile -NonInteractive -File "$root/build.ps1" @Argument 2>&1 | ForEach-Object { "$_" }
        [pscustomobject]@{ Output = $output; ExitCode = $LASTEXITCODE }
    }

    # One function of the build script, without running the script.
    $tree = [Management.Automation.Language.Parser]::ParseFile("$root/build.ps1", [ref] $null, [ref] $null)
    $function = $tree.Find({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] -and $args[0].Name -eq 'ConvertTo-CommandArgument' }, $true)
    . ([scriptblock]::Create($function.Extent.Text))
}

Describe 'build.ps1' {
    It 'refuses <Arguments> in one line' -ForEach @(
        @{ Arguments = @('-Task', 'start'); Line = "build.ps1: no service is named. Name those to start, for example './build.sh start blob'; README.md lists them" }
        @{ Arguments = @('-Task', 'clean', 'foo'); Line = "build.ps1: task clean does not take 'foo'" }
        @{ Arguments = @('-Task', 'package', '-WhatIf'); Line = 'build.ps1: task package does not take -WhatIf' }
        @{ Arguments = @('-Task', 'build', '-Suite', 'x'); Line = 'build.ps1: task build does not take -Suite' }
    ) {
        $run = Invoke-Script $Arguments
        $run.Output | Should -Be $Line
        $run.ExitCode | Should -Be 2
    }

    It 'names the suites when none matches' {
        $run = Invoke-Script '-Task', 'test', '-Suite', 'nomatch'
        $run.Output | Should -Match "^build\.ps1: no suite is named 'nomatch'; there are: LocalZure\.Cli\.Tests, LocalZure\.Engine\.Tests, .*\bBuild\b"
        $run.ExitCode | Should -Be 2
    }

    It 'removes nothing with Clean -WhatIf' {
        $run = Invoke-Script '-Task', 'clean', '-WhatIf'
        $run.Output | Should -Contain '    out'
        $run.ExitCode | Should -Be 0
        "$moduleRoot/LocalZure.psd1" | Should -Exist
    }
}

Describe 'Arguments of Start' {
    It 'are services, then parameters of the cmdlet' {
        $arguments = ConvertTo-CommandArgument 'Start-LzService' 'blob,queue', 'table', '-Instance', 'pr42', '-Port:auto', '-NoWait', '-timeout', '2m'
        $arguments.Name | Should -Be 'blob', 'queue', 'table'
        $arguments.Instance | Should -Be 'pr42'
        $arguments.Port | Should -Be 'auto'
        $arguments.NoWait | Should -BeTrue
        $arguments.Timeout | Should -Be '2m'
        $arguments | Should -HaveCount 1
        $arguments.Count | Should -Be 5
    }

    It 'keep objects that come from PowerShell' {
        $arguments = ConvertTo-CommandArgument 'Start-LzService' @('blob', '-Port', @{ blob = 11000 })
        $arguments.Port.blob | Should -Be 11000
    }

    It 'are refused when the cmdlet does not know them or they lack a value' {
        { ConvertTo-CommandArgument 'Start-LzService' 'blob', '-Nope', '3' } | Should -Throw 'Start-LzService has no parameter -Nope'
        { ConvertTo-CommandArgument 'Start-LzService' 'blob', '-Port' } | Should -Throw '-Port has no value'
    }
}
