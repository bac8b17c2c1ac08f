# Runs the suites under tests/, several at a time.
param([string] $Root, [string] $Configuration)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$root = $Root
$configuration = $Configuration
$out = Join-Path $root 'out'
$manifest = Join-Path $out 'LocalZure/LocalZure.psd1'
$results = Join-Path $out 'TestResults'

# The program that runs the Pester suites.
$powershell = ''

# The tests of a suite run side by side too: more suites than cores only make each wait for the others.
$atOnce = [Environment]::ProcessorCount

# Pester files that take seconds and leave nothing behind in their process: those of a line run in one, which saves starts of PowerShell.
$together = @(
    , ('Completion', 'Configuration', 'Durations', 'Errors')
    , ('Formatting', 'Get-LzError', 'Get-LzService', 'Help')
    , ('Manifest', 'Module', 'Start-LzService', 'Test-LzPrerequisite')
    , ('Cancellation', 'Observe', 'Verbs')
    , ('Export-LzEnvironment', 'Get-LzEnvironment', 'Remove-LzEnvironment')
)

# Pester files that meet no engine of this machine: they may run beside anything.
$withoutEngine = $together[0] + $together[1] + $together[2] + @('Build', 'Host')

# A test that nothing else may start services beside, because it looks at everything of ours on the machine, says so: by the trait
# Runs=alone in xUnit, by the tag Alone in Pester. The suite is then run in two parts.
$aloneMark = @{ xUnit = '[Trait("Runs", "alone")]'; Pester = '-Tag Alone' }

# A test that takes long for what it adds to others of its kind says so: by the trait Form=full in xUnit, by the tag Full in Pester. The
# short form of a run, which people wait for, leaves it out.
$fullOnly = 'Form!=full'

# An xUnit suite of which only some tests meet the engine of this machine marks these, and is run in two parts too: the part without
# goes beside those that run alone.
$engineMark = '[Trait("Needs", "engine")]'

# Suites that are a load by themselves: many processes at once, a fault at every request. Beside others they measure the machine.
$stress = 'LocalZure.Faults'

# Those that take longest first, so that the last ones to end are short.
$order = 'LocalZure.Integration.Tests', 'LocalZure.Faults', 'LocalZure.Cli.Tests', 'LocalZure.Engine.Tests', 'Use-LzEnvironment', 'Session',
    'Troubleshooting', 'Docker', 'Cancellation'

# --- What is to be run ----------------------------------------------------------------------------------------------

# The projects and Pester files under tests/, with the names that -Suite selects them by.
function Get-Suite {
    Get-ChildItem (Join-Path $root 'tests/*/*.csproj') |
        ForEach-Object { [pscustomobject]@{ Name = $_.BaseName; Kind = 'xUnit'; File = $_ } }
    Get-ChildItem (Join-Path $root 'tests/LocalZure.PowerShell.Tests/*.Tests.ps1') -ErrorAction Ignore |
        ForEach-Object { [pscustomobject]@{ Name = $_.Name -replace '\.Tests\.ps1$'; Kind = 'Pester'; File = $_ } }
}

# Begins to build the test projects; what else the suites need is brought meanwhile.
function Start-TestBuild {
    $job = New-SuiteJob 'build' 'build' 'xUnit' 'none' 'none' $false
    $job.Program = 'dotnet'
    $job.Arguments = @('build', (Join-Path $root 'LocalZure.sln')) + (Get-DotnetArgument)
    Start-SuiteJob $job
    $job
}

# Waits for the build of the test projects and gives the names of those that do not build.
function Complete-TestBuild([object] $Job, [object[]] $Suites) {
    Enter-Step 'build the test projects'
    $Job.Process.WaitForExit()
    $Job.Output | ForEach-Object { $_.Result.Trim() } | Where-Object { $_ } | Out-Host
    if ($Job.Process.ExitCode -eq 0) {
        Copy-PrecompiledEngine
        return
    }
    $arguments = Get-DotnetArgument
    foreach ($item in $Suites) {
        Enter-Step "build $($item.Name)"
        & dotnet build $item.File.FullName @arguments | Out-Host
        if ($LASTEXITCODE -ne 0) {
            $item.Name
        }
    }
}

# Gives the tests the engine as it is shipped, compiled ahead of time: each of their many processes is spared compiling it.
function Copy-PrecompiledEngine {
    $runtime = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
    foreach ($library in Get-ChildItem (Join-Path $out "LocalZure/bin/engine/$runtime/*.dll") -ErrorAction Ignore) {
        $identity = [Reflection.AssemblyName]::GetAssemblyName($library.FullName).FullName
        # The clients that some tests use bring newer versions of what they share with the engine.
        Get-ChildItem (Join-Path $root "tests/*/bin/$configuration/*/$($library.Name)") |
            Where-Object { [Reflection.AssemblyName]::GetAssemblyName($_.FullName).FullName -eq $identity } |
            ForEach-Object { Copy-Item $library.FullName $_.FullName }
    }
}

# Engine: whether it uses the engine of this machine ('alone', 'shared') or not ('none').
function New-SuiteJob([string[]] $Suites, [string] $Label, [string] $Kind, [string] $Engine, [string] $ResultFile, [bool] $Long) {
    [pscustomobject]@{
        # Its suites, one unless it is a group of Pester files.
        Suites = $Suites
        Name = $Suites[0]
        Label = $Label
        Kind = $Kind
        Engine = $Engine
        Program = ''
        Arguments = @()
        ResultFile = Join-Path $results $ResultFile
        Timeout = $Long ? [timespan]::FromHours(6) : [timespan]::FromMinutes(20)
        Process = $null
        Watch = $null
        Output = $null
    }
}

function New-XunitJob([object] $Item, [string] $Part, [bool] $Full, [bool] $Long) {
    $name = $Item.Name
    $label = $Part ? "$name ($Part)" : $name
    $engine = $Part -eq 'alone' -or $name -in $stress ? 'alone' : $Part -eq 'without engine' ? 'none' : 'shared'
    $job = New-SuiteJob $name $label 'xUnit' $engine "$label.trx" $Long
    $library = Get-ChildItem (Join-Path $Item.File.DirectoryName "bin/$configuration/*/$name.dll") | Select-Object -First 1
    $job.Program = 'dotnet'
    $job.Arguments = @('test', "$library", '--nologo', '--logger', "trx;LogFileName=$label.trx", '--logger', 'console;verbosity=minimal',
        '--results-directory', $results, '--blame-hang-timeout', ($Long ? '3h' : '10m'), '--blame-hang-dump-type', 'none')
    $filters = @(
        switch ($Part) {
            'alone' { 'Runs=alone' }
            'beside' { 'Runs!=alone' }
            'with engine' { 'Needs=engine' }
            'without engine' { 'Needs!=engine' }
        }
        if (-not $Full) {
            $fullOnly
        }
    )
    if ($filters) {
        $job.Arguments += '--filter', ($filters -join '&')
    }
    if ($Part -eq 'without engine') {
        # One core is left to the tests beside it, of which some promise a time.
        $job.Arguments += '--', 'xUnit.MaxParallelThreads=1'
    }
    $job
}

function New-PesterJob([object[]] $Items, [string] $Part, [string] $Pester, [bool] $Full, [bool] $Long) {
    $names = [string[]] $Items.Name
    $label = "$($names -join ', ')$($Part ? " ($Part)" : '')"
    $engine = $Part -eq 'alone' ? 'alone' : $names[0] -in $withoutEngine ? 'none' : 'shared'
    $job = New-SuiteJob $names $label 'Pester' $engine "$($names[0])$($Part ? " ($Part)" : '').pester.json" $Long
    $job.Program = $script:powershell
    $job.Arguments = @('-NoLogo', '-NoProfile', '-NonInteractive', '-File', (Join-Path $root 'tests/Invoke-PesterFile.ps1'),
        '-Path', ($Items.File.FullName -join [IO.Path]::PathSeparator), '-Manifest', $manifest, '-Pester', $Pester,
        '-ResultPath', $job.ResultFile)
    if ($Part) {
        $job.Arguments += '-Part', $Part
    }
    if ($Full) {
        $job.Arguments += '-Full'
    }
    $job
}

# In how many parts a suite is run; '' is all of it at once.
function Get-Part([object] $Item) {
    $files = $Item.Kind -eq 'xUnit' ? (Get-ChildItem $Item.File.DirectoryName -Filter '*.cs' -Recurse) : $Item.File
    $files = $files | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
    if ($files | Select-String -SimpleMatch $aloneMark[$Item.Kind] -List) {
        'alone'
        'beside'
    }
    elseif ($Item.Kind -eq 'xUnit' -and ($files | Select-String -SimpleMatch $engineMark -List)) {
        'with engine'
        'without engine'
    }
    else {
        ''
    }
}

# --- Running --------------------------------------------------------------------------------------------------------

function Start-SuiteJob([object] $Job) {
    Remove-Item $Job.ResultFile -ErrorAction Ignore
    $start = [Diagnostics.ProcessStartInfo]::new($Job.Program, [string[]] $Job.Arguments)
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.RedirectStandardInput = $true
    $Job.Watch = [Diagnostics.Stopwatch]::StartNew()
    $Job.Process = [Diagnostics.Process]::Start($start)
    $Job.Process.StandardInput.Close()
    $Job.Output = @($Job.Process.StandardOutput.ReadToEndAsync(), $Job.Process.StandardError.ReadToEndAsync())
}

function Stop-SuiteJob([object] $Job) {
    $Job.Process.Kill($true)
    $Job.Process.WaitForExit()
}

# Prints what a process that has ended said, and reads its results.
function Complete-SuiteJob([object] $Job, [bool] $TimedOut) {
    Enter-Step ('test {0}: {1:0} s' -f $Job.Label, $Job.Watch.Elapsed.TotalSeconds)
    # Something that it left running may hold its pipes.
    $null = [Threading.Tasks.Task]::WaitAll($Job.Output, [timespan]::FromSeconds(10))
    foreach ($text in $Job.Output | Where-Object IsCompletedSuccessfully | ForEach-Object { $_.Result.Trim() } | Where-Object { $_ }) {
        Write-Host $text
    }
    $found = @()
    if ($Job.Kind -eq 'xUnit') {
        $found = @(New-SuiteResult $Job.Name)
        $found[0].Seconds = $Job.Watch.Elapsed.TotalSeconds
        if (Test-Path $Job.ResultFile) {
            Read-Trx $Job.ResultFile $found[0]
        }
    }
    elseif (Test-Path $Job.ResultFile) {
        $found = @(Read-Pester $Job.ResultFile)
    }

    $ending = $TimedOut ? "still ran after $($Job.Timeout), killed" : "the test process ended with exit code $($Job.Process.ExitCode)"
    $isBad = $TimedOut -or ($Job.Process.ExitCode -ne 0 -and -not ($found | Where-Object Failed -GT 0))
    foreach ($name in $Job.Suites) {
        $result = $found | Where-Object Name -EQ $name
        if (-not $result) {
            New-FailedResult $name "NOT RUN: $ending"
        }
        elseif ($result.Passed + $result.Failed + $result.Skipped -eq 0) {
            $result.Failed++
            $result.Notes.Add("NOT RUN: no test was found; $ending")
            $result
        }
        else {
            if ($isBad) {
                $result.Failed++
                $result.Notes.Add($ending)
            }
            $result
        }
    }
    $Job.Process.Dispose()
}

# Runs all: those that need the engine for themselves one after the other, with those that use none beside them; then the rest.
function Invoke-SuiteJob([object[]] $Jobs) {
    $waiting = [Collections.Generic.List[object]]::new($Jobs)
    $running = [Collections.Generic.List[object]]::new()
    try {
        while ($waiting.Count + $running.Count -gt 0) {
            while ($true) {
                $alone = @($waiting) + @($running) | Where-Object Engine -EQ 'alone'
                # Some of these promise a time, so that only one goes beside them.
                if ($running.Count -ge ($alone ? 2 : $atOnce)) {
                    break
                }
                $next = if ($alone) {
                    $mayStart = @($running | Where-Object Engine -NE 'none').Count -eq 0
                    ($mayStart ? ($waiting | Where-Object Engine -EQ 'alone' | Select-Object -First 1) : $null) ??
                        ($waiting | Where-Object Engine -EQ 'none' | Select-Object -First 1)
                }
                else {
                    ($waiting | Where-Object Engine -EQ 'shared' | Select-Object -First 1) ?? ($waiting | Select-Object -First 1)
                }
                if (-not $next) {
                    break
                }
                $null = $waiting.Remove($next)
                Write-Host "    $($next.Label) starts"
                Start-SuiteJob $next
                $running.Add($next)
            }
            Start-Sleep -Milliseconds 100
            foreach ($job in @($running)) {
                $timedOut = -not $job.Process.HasExited -and $job.Watch.Elapsed -gt $job.Timeout
                if ($timedOut) {
                    Stop-SuiteJob $job
                }
                if ($job.Process.HasExited) {
                    $job.Watch.Stop()
                    $null = $running.Remove($job)
                    Complete-SuiteJob $job $timedOut
                }
            }
        }
    }
    finally {
        foreach ($job in $running) {
            Stop-SuiteJob $job
        }
    }
}

function Invoke-Suite([object[]] $Chosen, [object] $Build, [bool] $Full, [bool] $Long) {
    $projects = @($Chosen | Where-Object Kind -EQ 'xUnit')
    $files = @($Chosen | Where-Object Kind -EQ 'Pester')
    $broken = @()
    if ($projects) {
        $broken = @(Complete-TestBuild $Build $projects)
        $broken | ForEach-Object { New-FailedResult $_ 'NOT RUN: it does not build' }
    }
    $pester = ''
    if ($files) {
        try {
            Enter-Step 'bring Pester'
            $pester = Restore-Pester
        }
        catch {
            foreach ($file in $files) {
                New-FailedResult $file.Name "NOT RUN: $_"
            }
            $files = @()
        }
    }

    $jobs = @(
        foreach ($item in $projects | Where-Object Name -NotIn $broken) {
            Get-Part $item | ForEach-Object { New-XunitJob $item $_ $Full $Long }
        }
        foreach ($item in $files | Where-Object Name -NotIn ($together | ForEach-Object { $_ })) {
            Get-Part $item | ForEach-Object { New-PesterJob $item $_ $pester $Full $Long }
        }
        foreach ($names in $together) {
            $group = @($files | Where-Object Name -In $names)
            if ($group) {
                New-PesterJob $group '' $pester $Full $Long
            }
        }
    )
    $jobs = $jobs | Sort-Object { $place = $order.IndexOf($_.Name); $place -lt 0 ? $order.Count : $place }, Label
    Enter-Step ($Full ? 'run the suites' : 'run the suites in the short form (-Full has the tests that take long too)')
    [IO.Directory]::CreateDirectory($results) | Out-Null
    if ($jobs) {
        Invoke-SuiteJob $jobs
    }
}

# Runs the suites whose name matches a wildcard and shows the results; the last line counts them all. Gives the exit code.
function Invoke-TestRun([string] $Suite, [switch] $Full, [switch] $Long) {
    $suites = @(Get-Suite)
    $chosen = @($suites | Where-Object Name -Like $Suite)
    if (-not $chosen) {
        throw [ArgumentException]::new("no suite is named '$Suite'; there are: $($suites.Name -join ', ')")
    }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $build = $null
    $all = @(
        try {
            Invoke-Build
            if ($chosen.Kind -contains 'xUnit') {
                $build = Start-TestBuild
            }
            $env:LOCALZURE_TEST_MODULE = $manifest
            # Profiles of what runs are worth their cost in processes that live longer than those of tests.
            $env:DOTNET_TieredPGO = '0'
            if ($Long) {
                $env:LOCALZURE_FAULTS = 'long'
            }
            # Tests that start a PowerShell by its name get the one that the suites run in. What makes many tests quicker takes half
            # a minute, which a few are not worth.
            $isWhole = $chosen.Count -eq $suites.Count
            $script:powershell = Get-PowerShellProgram (Get-TestPowerShell -Make $isWhole)
            $env:PATH = (Split-Path $script:powershell) + [IO.Path]::PathSeparator + $env:PATH
            if ($isWhole -and -not $Long) {
                Initialize-HostAzurite $script:powershell
            }
            Invoke-Suite $chosen $build ($Full -or $Long) $Long
        }
        catch {
            New-FailedResult 'build' "step '$(Get-Step)' failed: $_"
        }
        finally {
            if ($build -and -not $build.Process.HasExited) {
                Stop-SuiteJob $build
            }
        }
    )
    $all = @(Join-SuiteResult $all)
    Show-TestResult $all $watch.Elapsed
    $ran = ($all | Measure-Object Passed -Sum).Sum
    $failed = ($all | Measure-Object Failed -Sum).Sum
    $failed -eq 0 -and $ran -gt 0 ? 0 : 1
}

Export-ModuleMember -Function Invoke-TestRun
