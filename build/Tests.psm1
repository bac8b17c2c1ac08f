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

# Pester files that take seconds and leave nothing behind in their process: several run in one, which saves starts of PowerShell.
$quick = 'Completion', 'Configuration', 'Durations', 'Errors', 'Formatting', 'Get-LzError', 'Get-LzService', 'Help', 'Manifest', 'Module',
    'Start-LzService', 'Test-LzPrerequisite'

# Pester files that meet no engine of this machine: they may run beside anything.
$withoutEngine = $quick + @('Build', 'Host')

# A test that nothing else may start services beside, because it looks at everything of ours on the machine, says so: by the trait
# Runs=alone in xUnit, by the tag Alone in Pester. The suite is then run in two parts.
$aloneMark = @{ xUnit = '[Trait("Runs", "alone")]'; Pester = '-Tag Alone' }

# An xUnit suite of which only some tests meet the engine of this machine marks these, and is run in two parts too: the part without
# goes beside those that run alone.
$engineMark = '[Trait("Needs", "engine")]'

# Suites that are a load by themselves: many processes at once, a fault at every request. Beside others they measure the machine.
$stress = 'LocalZure.Faults'

# Those that take longest first, so that the last ones to end are short.
$order = 'LocalZure.Integration.Tests', 'LocalZure.Faults', 'LocalZure.Cli.Tests', 'LocalZure.Engine.Tests', 'Use-LzEnvironment', 'Session',
    'Troubleshooting', 'Docker', 'Observe', 'Cancellation', 'Verbs'

# --- Results --------------------------------------------------------------------------------------------------------

function New-SuiteResult([string] $Name) {
    # Skips: reason and test; Notes: why a suite as a whole did not run or failed.
    [pscustomobject]@{
        Name = $Name; Passed = 0; Failed = 0; Skipped = 0; Seconds = 0.0
        Skips = [Collections.Generic.List[object]]::new()
        Failures = [Collections.Generic.List[string]]::new()
        Notes = [Collections.Generic.List[string]]::new()
    }
}

function New-FailedResult([string] $Name, [string] $Note) {
    $result = New-SuiteResult $Name
    $result.Failed = 1
    $result.Notes.Add($Note)
    $result
}

# A test's name with the beginning of what it said, for those who see only the end of the output.
function Format-Failure([string] $Test, [string] $Message) {
    $lines = @($Message -split '\r?\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ } | Select-Object -First 12)
    (@($Test) + $lines) -join "`n            "
}

function Read-Trx([string] $Path, [pscustomobject] $Result) {
    $document = [xml]::new()
    $document.Load($Path)
    $names = [Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('t', $document.DocumentElement.NamespaceURI)
    foreach ($test in $document.SelectNodes('//t:Results/t:UnitTestResult', $names)) {
        switch ($test.GetAttribute('outcome')) {
            'Passed' {
                $Result.Passed++
            }
            'NotExecuted' {
                $Result.Skipped++
                $reason = $test.SelectSingleNode('t:Output/t:ErrorInfo/t:Message | t:Output/t:StdOut', $names)
                $text = $reason ? $reason.InnerText.Trim() : 'no reason given'
                $Result.Skips.Add([pscustomobject]@{ Reason = $text; Test = $test.GetAttribute('testName') })
            }
            default {
                $Result.Failed++
                $message = $test.SelectSingleNode('t:Output/t:ErrorInfo/t:Message', $names)
                $text = $message ? $message.InnerText : 'no message'
                $Result.Failures.Add((Format-Failure $test.GetAttribute('testName') $text))
            }
        }
    }
}

# The results of the files that a process has run.
function Read-Pester([string] $Path) {
    foreach ($counts in Get-Content $Path -Raw | ConvertFrom-Json) {
        $result = New-SuiteResult $counts.Name
        $result.Passed = $counts.Passed
        $result.Failed = $counts.Failed
        $result.Skipped = $counts.Skipped
        $result.Seconds = $counts.Seconds
        $counts.Skips | ForEach-Object { $result.Skips.Add($_) }
        $counts.Failures | ForEach-Object { $result.Failures.Add((Format-Failure $_.Test $_.Message)) }
        $result
    }
}

# The parts of a suite as one.
function Join-SuiteResult([object[]] $Results) {
    foreach ($group in $Results | Group-Object Name) {
        $whole = $group.Group[0]
        foreach ($part in $group.Group | Select-Object -Skip 1) {
            foreach ($property in 'Passed', 'Failed', 'Skipped', 'Seconds') {
                $whole.$property += $part.$property
            }
            $whole.Skips.AddRange($part.Skips)
            $whole.Failures.AddRange($part.Failures)
            $whole.Notes.AddRange($part.Notes)
        }
        $whole
    }
}

function Show-TestResult([object[]] $Results, [timespan] $Elapsed) {
    Enter-Step 'results'
    foreach ($result in $Results) {
        Write-Host ('    {0,-36} {1,5} passed {2,5} failed {3,5} skipped {4,6:0} s' -f
            $result.Name, $result.Passed, $result.Failed, $result.Skipped, $result.Seconds)
        $result.Notes | ForEach-Object { Write-Host "        $_" }
        $result.Failures | ForEach-Object { Write-Host "        FAILED: $_" }
    }
    $skips = @($Results | ForEach-Object { $_.Skips } | Group-Object Reason | Sort-Object Count -Descending)
    foreach ($group in $skips) {
        Write-Host "    skipped $($group.Count): $($group.Name)"
        $group.Group | ForEach-Object { Write-Host "        $($_.Test)" }
    }
    Write-Host ('    all suites took {0:0} s' -f $Elapsed.TotalSeconds)
    $totals = foreach ($property in 'Passed', 'Failed', 'Skipped') {
        "$([int] ($Results | Measure-Object $property -Sum).Sum) $($property.ToLowerInvariant())"
    }
    Write-Host ($totals -join ', ')
}

# --- What is to be run ----------------------------------------------------------------------------------------------

# The projects and Pester files under tests/, with the names that -Suite selects them by.
function Get-Suite {
    Get-ChildItem (Join-Path $root 'tests/*/*.csproj') |
        ForEach-Object { [pscustomobject]@{ Name = $_.BaseName; Kind = 'xUnit'; File = $_ } }
    Get-ChildItem (Join-Path $root 'tests/LocalZure.PowerShell.Tests/*.Tests.ps1') -ErrorAction Ignore |
        ForEach-Object { [pscustomobject]@{ Name = $_.Name -replace '\.Tests\.ps1$'; Kind = 'Pester'; File = $_ } }
}

# Brings the pinned Pester and gives the path of its manifest.
function Restore-Pester {
    $project = Join-Path $root 'tests/LocalZure.PowerShell.Tests/Pester.proj'
    $said = & dotnet restore $project --nologo -v q 2>&1
    $path = $LASTEXITCODE -eq 0 ? "$(& dotnet msbuild $project --nologo -getProperty:PesterManifest 2>&1)".Trim() : $null
    if (-not $path -or -not (Test-Path $path)) {
        throw "Pester could not be restored from NuGet: $(@($said) + $path | Where-Object { $_ } | Select-Object -First 1)"
    }
    $path
}

# Whether a library holds code that was compiled ahead of time.
function Test-Precompiled([string] $Library) {
    $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($Library))
    try {
        $reader.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0
    }
    finally {
        $reader.Dispose()
    }
}

# The folder of the PowerShell that the suites run in. The one that NuGet brings has no code compiled ahead of time, unlike one that
# is installed: each of some hundred starts would compile the same again, which is half of what a start takes. A copy is compiled once,
# with the compiler that the build has for the engine; without that the suites run in it as it is.
function Get-TestPowerShell {
    $libraries = 'System.Management.Automation', 'Microsoft.PowerShell.ConsoleHost', 'Microsoft.PowerShell.Security',
        'Microsoft.PowerShell.Commands.Management', 'Microsoft.PowerShell.Commands.Utility'
    if (Test-Precompiled (Join-Path $PSHOME "$($libraries[0]).dll")) {
        return $PSHOME
    }
    $folder = Join-Path $out ".powershell/$($PSVersionTable.PSVersion)"
    if (Test-Path $folder) {
        return $folder
    }
    Enter-Step 'compile PowerShell ahead of time'
    $runtime = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
    $packages = "$(& dotnet nuget locals global-packages --list)" -replace '^.*?global-packages: '
    $compiler = Get-Item (Join-Path $packages "microsoft.netcore.app.crossgen2.$runtime/*/tools/crossgen2*") -ErrorAction Ignore |
        Where-Object Name -In 'crossgen2', 'crossgen2.exe' | Select-Object -Last 1
    if (-not $compiler) {
        Write-Host "    there is no compiler for $runtime (microsoft.netcore.app.crossgen2.$runtime): it is used as it is"
        return $PSHOME
    }
    $new = "$folder.new"
    Remove-Item $new -Recurse -Force -ErrorAction Ignore
    [IO.Directory]::CreateDirectory((Split-Path $new)) | Out-Null
    Copy-Item $PSHOME $new -Recurse
    foreach ($library in $libraries) {
        # In a file: arguments with wildcards are for PowerShell to replace.
        Set-Content "$new.rsp" (Join-Path $PSHOME "$library.dll"), "-o:$(Join-Path $new "$library.dll")", '-O',
            "-r:$(Join-Path ([Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) '*.dll')", "-r:$(Join-Path $PSHOME '*.dll')"
        & $compiler.FullName "@$new.rsp" | Out-Host
        if ($LASTEXITCODE -ne 0) {
            throw "crossgen2 ended with exit code $LASTEXITCODE for $library"
        }
    }
    Remove-Item "$new.rsp"
    [IO.Directory]::Move($new, $folder)
    $folder
}

# Has Azurite installed for services on the host, as a first start does, in the home whose tools all suites share; then makes
# it quick to start. The long form takes it as it is. Without Node.js and npm the tests that need it say so themselves.
function Initialize-HostAzurite([bool] $Long) {
    $ways = 'node', 'npm', 'bash' | ForEach-Object { Get-Command $_ -CommandType Application -ErrorAction Ignore | Select-Object -First 1 }
    if ($Long -or @($ways).Count -lt 3) {
        return
    }
    Enter-Step 'bring Azurite for services on the host'
    $testHome = Join-Path $out '.test-home'
    $installed = Join-Path $testHome 'tools/azurite-*/node_modules/azurite'
    if (-not (Test-Path $installed)) {
        $start = "`$env:LOCALZURE_HOME = '$testHome'; Import-Module '$manifest'
            Start-LzService blob -Mode Host -Instance test-tools -Port auto -ErrorAction Stop | Stop-LzService -RemoveData -Force"
        & $script:powershell -NoLogo -NoProfile -NonInteractive -Command $start | Out-Host
    }
    foreach ($package in Get-Item $installed) {
        & bash (Join-Path $root 'tests/images/azurite/bundle.sh') $package.FullName | Out-Host
        if ($LASTEXITCODE -ne 0) {
            throw "bundle.sh ended with exit code $LASTEXITCODE"
        }
    }
}

# Builds the test projects and gives the names of those that do not build.
function Build-TestProject([object[]] $Suites) {
    $arguments = Get-DotnetArgument
    Enter-Step 'build the test projects'
    & dotnet build (Join-Path $root 'LocalZure.sln') @arguments | Out-Host
    if ($LASTEXITCODE -eq 0) {
        Copy-PrecompiledEngine
        return
    }
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

function New-XunitJob([object] $Item, [string] $Part, [bool] $Long) {
    $name = $Item.Name
    $label = $Part ? "$name ($Part)" : $name
    $engine = $Part -eq 'alone' -or $name -in $stress ? 'alone' : $Part -eq 'without engine' ? 'none' : 'shared'
    $job = New-SuiteJob $name $label 'xUnit' $engine "$label.trx" $Long
    $library = Get-ChildItem (Join-Path $Item.File.DirectoryName "bin/$configuration/*/$name.dll") | Select-Object -First 1
    $job.Program = 'dotnet'
    $job.Arguments = @('test', "$library", '--nologo', '--logger', "trx;LogFileName=$label.trx", '--logger', 'console;verbosity=minimal',
        '--results-directory', $results, '--blame-hang-timeout', ($Long ? '3h' : '10m'), '--blame-hang-dump-type', 'none')
    switch ($Part) {
        'alone' { $job.Arguments += '--filter', 'Runs=alone' }
        'beside' { $job.Arguments += '--filter', 'Runs!=alone' }
        'with engine' { $job.Arguments += '--filter', 'Needs=engine' }
        # One core is left to the tests beside it, of which some promise a time.
        'without engine' { $job.Arguments += '--filter', 'Needs!=engine', '--', 'xUnit.MaxParallelThreads=1' }
    }
    $job
}

function New-PesterJob([object[]] $Items, [string] $Part, [string] $Pester, [bool] $Long) {
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

function Invoke-Suite([object[]] $Chosen, [bool] $Long) {
    $projects = @($Chosen | Where-Object Kind -EQ 'xUnit')
    $files = @($Chosen | Where-Object Kind -EQ 'Pester')
    $broken = @()
    if ($projects) {
        $broken = @(Build-TestProject $projects)
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

    Initialize-HostAzurite $Long

    $jobs = @(
        foreach ($item in $projects | Where-Object Name -NotIn $broken) {
            Get-Part $item | ForEach-Object { New-XunitJob $item $_ $Long }
        }
        foreach ($item in $files | Where-Object Name -NotIn $quick) {
            Get-Part $item | ForEach-Object { New-PesterJob $item $_ $pester $Long }
        }
        $group = @($files | Where-Object Name -In $quick)
        for ($i = 0; $i -lt $group.Count; $i += 4) {
            New-PesterJob $group[$i..[Math]::Min($i + 3, $group.Count - 1)] '' $pester $Long
        }
    )
    $jobs = $jobs | Sort-Object { $place = $order.IndexOf($_.Name); $place -lt 0 ? $order.Count : $place }, Label
    Enter-Step 'run the suites'
    [IO.Directory]::CreateDirectory($results) | Out-Null
    if ($jobs) {
        Invoke-SuiteJob $jobs
    }
}

# Runs the suites whose name matches a wildcard and shows the results; the last line counts them all. Gives the exit code.
function Invoke-TestRun([string] $Suite, [switch] $Long) {
    $suites = @(Get-Suite)
    $chosen = @($suites | Where-Object Name -Like $Suite)
    if (-not $chosen) {
        throw [ArgumentException]::new("no suite is named '$Suite'; there are: $($suites.Name -join ', ')")
    }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $all = @(
        try {
            Invoke-Build
            $env:LOCALZURE_TEST_MODULE = $manifest
            # Profiles of what runs are worth their cost in processes that live longer than those of tests.
            $env:DOTNET_TieredPGO = '0'
            if ($Long) {
                $env:LOCALZURE_FAULTS = 'long'
            }
            # Tests that start a PowerShell by its name get the one that the suites run in.
            $script:powershell = Get-PowerShellProgram (Get-TestPowerShell)
            $env:PATH = (Split-Path $script:powershell) + [IO.Path]::PathSeparator + $env:PATH
            Invoke-Suite $chosen $Long
        }
        catch {
            New-FailedResult 'build' "step '$(Get-Step)' failed: $_"
        }
    )
    $all = @(Join-SuiteResult $all)
    Show-TestResult $all $watch.Elapsed
    $ran = ($all | Measure-Object Passed -Sum).Sum
    $failed = ($all | Measure-Object Failed -Sum).Sum
    $failed -eq 0 -and $ran -gt 0 ? 0 : 1
}

Export-ModuleMember -Function Invoke-TestRun
