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
        @{ Arguments = @('-Task', 'build', '-Long'); Line = 'build.ps1: task build does not take -Long' }
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

Describe 'build.sh' -Skip:($IsWindows) {
    It 'says why it has no PowerShell and what to do, and runs nothing' {
        $dotnet = Split-Path (Get-Command dotnet -CommandType Application)[0].Source
        $path = $dotnet, '/usr/bin', '/bin'
        if ($path | Where-Object { Test-Path "$_/pwsh" }) {
            Set-ItResult -Skipped -Because 'a PowerShell is installed beside dotnet or in /usr/bin'
        }
        # A copy that has no packages and a feed that nobody answers for.
        $copy = "$TestDrive/copy"
        $null = New-Item -ItemType Directory "$copy/.config"
        Copy-Item "$root/build.sh", "$root/global.json" $copy
        Copy-Item "$root/.config/dotnet-tools.json" "$copy/.config"
        Set-Content "$copy/nuget.config" '<configuration><packageSources><clear /><add key="none" value="https://127.0.0.1:1/index.json" /></packageSources></configuration>'
        $output = & env "PATH=$($path -join ':')" "HOME=$copy/home" "DOTNET_CLI_HOME=$copy/home" "NUGET_PACKAGES=$copy/packages" bash "$copy/build.sh" start blob 2>&1
        $LASTEXITCODE | Should -Be 1
        "$($output[0])" | Should -Match '^build\.sh: PowerShell 7\.4 or later was not found: there is no pwsh on PATH, and `dotnet tool restore` did not bring the one'
        "$output" | Should -Match 'Make the NuGet feed reachable'
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

Describe 'Suites' {
    BeforeAll {
        Import-Module "$root/build/Steps.psm1" -ArgumentList 'Release'
        Import-Module "$root/build/TestResults.psm1"
        Import-Module "$root/build/Tests.psm1" -ArgumentList $TestDrive, 'Release'
        # Nothing is printed while the tests of this file are.
        Mock Write-Host -ModuleName Tests { }
        Mock Write-Host -ModuleName Steps { }
    }

    AfterAll {
        Remove-Module Tests, TestResults, Steps
    }

    It 'that end without a result have failed' {
        $results = InModuleScope Tests -Parameters @{ program = Get-PowerShellProgram } {
            $job = New-SuiteJob 'Gone', 'Lost' 'both' 'Pester' 'none' 'none.json' $false
            $job.Program = $program
            $job.Arguments = '-NoProfile', '-NonInteractive', '-Command', 'exit 0'
            @(Invoke-SuiteJob $job)
        }
        $results.Name | Should -Be 'Gone', 'Lost'
        $results.Failed | Should -Be 1, 1
        $results[0].Notes | Should -Be 'NOT RUN: the test process ended with exit code 0'
    }

    It 'whose tests cannot be built or brought have failed' {
        $result = InModuleScope Tests { New-FailedResult 'Help' 'NOT RUN: Pester could not be restored' }
        $result.Failed | Should -Be 1
        $result.Notes | Should -Be 'NOT RUN: Pester could not be restored'
    }

    It 'in parts are one' {
        $whole = InModuleScope Tests {
            $first, $second = (New-SuiteResult 'Server'), (New-SuiteResult 'Server')
            $first.Passed = 3
            $second.Passed = 1
            $second.Skipped = 1
            $second.Skips.Add([pscustomobject]@{ Reason = 'no engine'; Test = 'in Docker' })
            Join-SuiteResult $first, $second
        }
        "$($whole.Passed) $($whole.Failed) $($whole.Skipped)" | Should -Be '4 0 1'
        $whole.Skips.Test | Should -Be 'in Docker'
    }

    It 'leave out what takes long unless it is asked for' {
        $filters = InModuleScope Tests {
            $null = New-Item -ItemType Directory (Join-Path $root "Server/bin/$configuration/net10.0") -Force
            $item = [pscustomobject]@{ Name = 'Server'; File = [IO.FileInfo] (Join-Path $root 'Server/Server.csproj') }
            foreach ($full in $false, $true) {
                foreach ($part in '', 'alone') {
                    $job = New-XunitJob $item $part $full $false
                    $place = $job.Arguments.IndexOf('--filter')
                    $place -lt 0 ? 'none' : $job.Arguments[$place + 1]
                }
            }
        }
        $filters | Should -Be 'Form!=full', 'Runs=alone&Form!=full', 'none', 'Runs=alone'
    }

    It 'that need the engine for themselves run before those that share it, and one at a time' {
        $starts = InModuleScope Tests -Parameters @{ program = Get-PowerShellProgram } {
            $jobs = foreach ($engine in 'shared', 'alone', 'none', 'alone') {
                $job = New-SuiteJob "$engine" "$engine" 'Pester' $engine 'none.json' $false
                $job.Program = $program
                $job.Arguments = '-NoProfile', '-NonInteractive', '-Command', 'exit 0'
                $job
            }
            $script:started = [Collections.Generic.List[string]]::new()
            Mock Start-SuiteJob {
                $started.Add($Job.Engine)
                $Job.Watch = [Diagnostics.Stopwatch]::StartNew()
                $Job.Output = @([Threading.Tasks.Task]::FromResult(''), [Threading.Tasks.Task]::FromResult(''))
                $Job.Process = [pscustomobject]@{ HasExited = $true; ExitCode = 0 } | Add-Member -PassThru ScriptMethod Dispose { }
            }
            $null = Invoke-SuiteJob $jobs
            $started
        }
        $starts | Should -Be 'alone', 'none', 'alone', 'shared'
    }
}
