#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, packages and starts LocalZure. The one entry for people and CI; build.sh only finds PowerShell and calls it.

.DESCRIPTION
    Build    puts an importable module together in out/LocalZure
    Test     builds, then runs every xUnit project and every Pester file under tests/; the last line counts them all
    Start    builds, imports the module and starts the named services; further arguments are those of Start-LzService
    Bench    builds, then runs benchmarks/Run-Benchmark.ps1 with the remaining arguments
    Package  builds, then writes out/packages/LocalZure-<version>.zip, with the engine precompiled for all platforms that can be had,
             and the .NET tool out/packages/LocalZure.Cli.<version>.nupkg
    Clean    removes out, bin and obj of this repository; with -WhatIf only names them

.EXAMPLE
    ./build.ps1 Test -Suite *Engine*

.EXAMPLE
    ./build.ps1 Start blob, queue -Instance pr42 -Port auto
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Start', 'Bench', 'Package', 'Clean')]
    [string] $Task = 'Build',

    # Start: the services, then arguments of Start-LzService. Bench: arguments of the benchmark script.
    [Parameter(ValueFromRemainingArguments)]
    [object[]] $Rest = @(),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Test: only the suites whose name matches this wildcard.
    [string] $Suite = '*',

    # Start: show what would be started. Clean: show what would be removed.
    [switch] $WhatIf
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$ProgressPreference = 'SilentlyContinue'

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}

$root = $PSScriptRoot
$out = Join-Path $root 'out'
$moduleFolder = Join-Path $out 'LocalZure'
$manifest = Join-Path $moduleFolder 'LocalZure.psd1'
$engineFolder = Join-Path $out '.stage/engine'
$thisRuntime = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
$packageRuntimes = 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'linux-musl-x64', 'linux-musl-arm64', 'osx-x64', 'osx-arm64'
$suiteTimeout = [timespan]::FromMinutes(15)
$script:currentStep = 'start-up'

# --- Steps and processes --------------------------------------------------------------------------------------------

function Enter-Step([string] $Name) {
    $script:currentStep = $Name
    Write-Host "==> $Name"
}

function Invoke-Dotnet {
    & dotnet @args | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE"
    }
}

function Get-DotnetArgument {
    @('-c', $Configuration, '-v', 'q', '--nologo')
    if ($env:CI) {
        # Compiler servers would outlive the job.
        '--disable-build-servers'
    }
}

# Runs a script in a fresh PowerShell of this version, with its output on this console, and returns the exit code.
function Invoke-FreshPowerShell([string[]] $Argument, [timespan] $Timeout = [Threading.Timeout]::InfiniteTimeSpan) {
    $start = [Diagnostics.ProcessStartInfo]::new()
    $executable = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    if (Test-Path $executable) {
        $start.FileName = $executable
    }
    else {
        # PowerShell as a .NET tool is a library without a program of its own.
        $start.FileName = 'dotnet'
        $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll'))
    }
    @('-NoLogo', '-NoProfile', '-NonInteractive') + $Argument | ForEach-Object { $start.ArgumentList.Add($_) }

    $process = [Diagnostics.Process]::Start($start)
    try {
        if (-not $process.WaitForExit($Timeout)) {
            Write-Host "still running after $Timeout, killed"
            return -1
        }
        return $process.ExitCode
    }
    finally {
        if (-not $process.HasExited) {
            $process.Kill($true)
            $process.WaitForExit()
        }
        $process.Dispose()
    }
}

function Test-ModuleAvailable([string] $Name, [version] $Minimum, [version] $Below) {
    $found = Get-Module -ListAvailable -Name $Name | Where-Object { $_.Version -ge $Minimum -and $_.Version -lt $Below }
    [bool] $found
}

# --- Build ----------------------------------------------------------------------------------------------------------

# The files at or below the given places, without what compilers leave in the projects' own folders.
function Get-SourceFile([string[]] $Path) {
    foreach ($item in $Path) {
        $full = Join-Path $root $item
        if (Test-Path $full -PathType Leaf) {
            [IO.FileInfo]::new($full)
        }
        elseif (Test-Path $full) {
            [IO.DirectoryInfo]::new($full).EnumerateFiles('*', 'AllDirectories') |
                Where-Object { [IO.Path]::GetRelativePath($full, $_.FullName) -notmatch '^[^\\/]+[\\/](bin|obj)[\\/]' }
        }
    }
}

# One line per file: a build is up to date while path, size and time of every input are the same.
function Get-Stamp([string[]] $Path) {
    $lines = Get-SourceFile $Path |
        ForEach-Object { "$([IO.Path]::GetRelativePath($root, $_.FullName))|$($_.Length)|$($_.LastWriteTimeUtc.Ticks)" } |
        Sort-Object
    (@($Configuration) + $lines) -join "`n"
}

function Test-Stamp([string] $Name, [string] $Stamp) {
    $file = Join-Path $out ".$Name.stamp"
    (Test-Path $file) -and [IO.File]::ReadAllText($file) -ceq $Stamp
}

function Set-Stamp([string] $Name, [string] $Stamp) {
    [IO.Directory]::CreateDirectory($out) | Out-Null
    [IO.File]::WriteAllText((Join-Path $out ".$Name.stamp"), $Stamp)
}

function Update-Help {
    $pages = @(Get-SourceFile 'docs/en-US' | Where-Object Extension -EQ '.md')
    if ($pages.Count -eq 0) {
        Write-Host '    no help pages in docs/en-US'
        return
    }
    $stamp = Get-Stamp 'docs/en-US', 'module/en-US'
    if (Test-Stamp 'help' $stamp) {
        return
    }
    if (-not (Test-ModuleAvailable 'platyPS' '0.14' '1.0')) {
        Write-Host '    platyPS 0.14 is not installed: the committed help in module/en-US is used as it is'
        return
    }

    $staged = Join-Path $out '.stage/help'
    $compile = "`$ErrorActionPreference = 'Stop'; Import-Module platyPS -MaximumVersion 0.99; " +
        "New-ExternalHelp -Path '$(Join-Path $root 'docs/en-US')' -OutputPath '$staged' -Force | Out-Null"
    Remove-Item $staged -Recurse -Force -ErrorAction Ignore
    # In a process of its own: platyPS brings libraries that must not meet those of the module.
    $exitCode = Invoke-FreshPowerShell '-Command', $compile
    if ($exitCode -ne 0) {
        throw "platyPS could not compile docs/en-US (exit code $exitCode)"
    }
    foreach ($file in [IO.DirectoryInfo]::new($staged).EnumerateFiles()) {
        Copy-Changed $file.FullName (Join-Path $root 'module/en-US' $file.Name)
    }
    Set-Stamp 'help' (Get-Stamp 'docs/en-US', 'module/en-US')
}

function Publish-Project([string] $Name, [string] $Destination) {
    $project = Join-Path $root "src/$Name/$Name.csproj"
    if (-not (Test-Path $project)) {
        throw "src/$Name/$Name.csproj is missing"
    }
    Remove-Item $Destination -Recurse -Force -ErrorAction Ignore
    $arguments = Get-DotnetArgument
    Invoke-Dotnet publish $project -o $Destination @arguments
}

# Compiles the published engine ahead of time, which saves every process most of what its first call costs. Gives the file, or
# nothing and says why: what compiles for a platform is a package that not every machine can get, and the module works without.
function Publish-PrecompiledEngine([string] $EngineFolder, [string] $Runtime) {
    $destination = Join-Path $out ".stage/precompiled/$Runtime"
    Remove-Item $destination -Recurse -Force -ErrorAction Ignore
    $project = Join-Path $root 'src/LocalZure.Precompiled/LocalZure.Precompiled.csproj'
    $engine = Join-Path $EngineFolder 'LocalZure.Engine.dll'
    $arguments = Get-DotnetArgument
    $output = & dotnet publish $project -r $Runtime "-p:EngineFile=$engine" -o $destination @arguments 2>&1
    $file = Join-Path $destination 'LocalZure.Engine.dll'
    if ($LASTEXITCODE -eq 0 -and (Test-Path $file) -and -not (Test-SameContent $file $engine)) {
        return $file
    }
    $reason = @($output | Where-Object { "$_" -match 'error' }) + 'the compiler left the engine as it was' | Select-Object -First 1
    Write-Host "    not precompiled for $Runtime, where a first call takes longer: $("$reason" -replace '^.*?error ')"
}

# Places in the module of the engine for the given platforms -> files. The load context looks there first.
function Get-PrecompiledContent([string] $EngineFolder, [string[]] $Runtime) {
    $content = @{}
    foreach ($item in $Runtime) {
        $file = Publish-PrecompiledEngine $EngineFolder $item
        if ($file) {
            # With what it depends on, which is compiled in the same go.
            foreach ($library in Get-ChildItem (Split-Path $file) -Filter '*.dll' | Where-Object { Test-Path (Join-Path $EngineFolder $_.Name) }) {
                $content["bin/engine/$item/$($library.Name)"] = $library.FullName
            }
        }
    }
    $content
}

# Files that the module consists of: place in the module -> where it comes from.
function Get-ModuleContent([string] $EngineFolder, [string] $CmdletFolder) {
    $content = [ordered]@{}
    foreach ($file in [IO.DirectoryInfo]::new((Join-Path $root 'module')).EnumerateFiles('*', 'AllDirectories')) {
        $content[[IO.Path]::GetRelativePath((Join-Path $root 'module'), $file.FullName)] = $file.FullName
    }
    $content['LocalZure.psd1'] = Join-Path $root 'LocalZure.psd1'
    $content['LICENSE'] = Join-Path $root 'LICENSE'

    # Everything the engine is made of stays out of the cmdlets' folder: PowerShell probes that folder for any assembly
    # name, which would get round the engine's own load context.
    $engineFiles = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    foreach ($file in [IO.DirectoryInfo]::new($EngineFolder).EnumerateFiles('*', 'AllDirectories')) {
        $relative = [IO.Path]::GetRelativePath($EngineFolder, $file.FullName)
        $engineFiles.Add($relative) | Out-Null
        if ($file.Extension -ne '.xml') {
            $content[(Join-Path 'bin/engine' $relative)] = $file.FullName
        }
    }
    foreach ($file in [IO.DirectoryInfo]::new($CmdletFolder).EnumerateFiles('*', 'AllDirectories')) {
        $relative = [IO.Path]::GetRelativePath($CmdletFolder, $file.FullName)
        $isHost = $file.Name -eq 'System.Management.Automation.dll'
        if (-not $engineFiles.Contains($relative) -and -not $isHost -and $file.Extension -notin '.xml', '.json') {
            $content[(Join-Path 'bin' $relative)] = $file.FullName
        }
    }
    $content
}

function Test-SameContent([string] $Left, [string] $Right) {
    [IO.FileInfo]::new($Left).Length -eq [IO.FileInfo]::new($Right).Length -and
        (Get-FileHash $Left).Hash -eq (Get-FileHash $Right).Hash
}

# Moves a file out of the way even while a process has it loaded: Windows refuses to delete such a file, but renames it.
function Remove-LoadedFile([string] $Path) {
    $trash = Join-Path $out '.trash'
    [IO.Directory]::CreateDirectory($trash) | Out-Null
    [IO.File]::Move($Path, (Join-Path $trash ([guid]::NewGuid().ToString('n'))))
}

# Copies when the content differs. Never writes into the old file, which a running PowerShell may have mapped.
function Copy-Changed([string] $From, [string] $To) {
    if ((Test-Path $To) -and (Test-SameContent $From $To)) {
        return
    }
    [IO.Directory]::CreateDirectory((Split-Path $To)) | Out-Null
    $new = "$To.$PID.new"
    [IO.File]::Copy($From, $new, $true)
    if (Test-Path $To) {
        Remove-LoadedFile $To
    }
    [IO.File]::Move($new, $To)
}

function Sync-Module([Collections.IDictionary] $Content) {
    # What is still loaded somewhere stays until a later build.
    Remove-Item (Join-Path $out '.trash') -Recurse -Force -ErrorAction Ignore

    foreach ($relative in $Content.Keys) {
        Copy-Changed $Content[$relative] (Join-Path $moduleFolder $relative)
    }
    $wanted = [Collections.Generic.HashSet[string]]::new()
    $Content.Keys | ForEach-Object { $wanted.Add((Join-Path $moduleFolder $_)) | Out-Null }
    [IO.DirectoryInfo]::new($moduleFolder).EnumerateFiles('*', 'AllDirectories') |
        Where-Object { -not $wanted.Contains($_.FullName) } |
        ForEach-Object { Remove-LoadedFile $_.FullName }

    Remove-Item (Join-Path $out '.trash') -Recurse -Force -ErrorAction Ignore
}

function Invoke-Build {
    Enter-Step 'help pages of docs/en-US'
    Update-Help

    $inputs = 'src', 'module', 'LocalZure.psd1', 'LICENSE', 'global.json', '.editorconfig',
        'Directory.Build.props', 'Directory.Packages.props'
    $stamp = Get-Stamp $inputs
    if ((Test-Stamp 'module' "$stamp`n$(Get-Stamp 'out/LocalZure')") -and (Test-Path $manifest)) {
        Enter-Step 'module is up to date in out/LocalZure'
        return
    }

    $cmdletFolder = Join-Path $out '.stage/cmdlets'
    Enter-Step "compile LocalZure.Engine ($Configuration)"
    Publish-Project 'LocalZure.Engine' $engineFolder
    Enter-Step "compile LocalZure.PowerShell ($Configuration)"
    Publish-Project 'LocalZure.PowerShell' $cmdletFolder
    $content = Get-ModuleContent $engineFolder $cmdletFolder
    if ($Configuration -eq 'Release') {
        # Not in Debug: what is compiled ahead of time is optimised, and a debugger steps badly through it.
        Enter-Step "precompile LocalZure.Engine for $thisRuntime"
        $content += Get-PrecompiledContent $engineFolder $thisRuntime
    }

    Enter-Step 'module to out/LocalZure'
    [IO.Directory]::CreateDirectory($moduleFolder) | Out-Null
    Sync-Module $content
    Test-ModuleManifest $manifest | Out-Null
    Set-Stamp 'module' "$stamp`n$(Get-Stamp 'out/LocalZure')"
}

# --- Test -----------------------------------------------------------------------------------------------------------

function New-SuiteResult([string] $Name) {
    # Skips: reason and test; Notes: why a suite as a whole did not run or failed.
    [pscustomobject]@{
        Name = $Name; Passed = 0; Failed = 0; Skipped = 0
        Skips = [Collections.Generic.List[object]]::new()
        Failures = [Collections.Generic.List[string]]::new()
        Notes = [Collections.Generic.List[string]]::new()
    }
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
                $Result.Failures.Add((Format-Failure $test.GetAttribute('testName') $message.InnerText))
            }
        }
    }
}

function Invoke-XunitSuite([string] $Project) {
    $name = [IO.Path]::GetFileNameWithoutExtension($Project)
    $result = New-SuiteResult $name
    $results = Join-Path $out 'TestResults'
    $trx = Join-Path $results "$name.trx"
    Remove-Item $trx -ErrorAction Ignore
    $arguments = Get-DotnetArgument

    Enter-Step "build $name"
    & dotnet build $Project @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) {
        $result.Failed++
        $result.Notes.Add("step 'build $name' failed with exit code $LASTEXITCODE")
        return $result
    }

    Enter-Step "test $name"
    & dotnet test $Project @arguments --no-build --logger "trx;LogFileName=$name.trx" --results-directory $results `
        --blame-hang-timeout 10m --blame-hang-dump-type none | Out-Host
    $exitCode = $LASTEXITCODE
    if (Test-Path $trx) {
        Read-Trx $trx $result
    }
    if ($exitCode -ne 0 -and $result.Failed -eq 0) {
        $result.Failed++
        $result.Notes.Add("the test run itself failed with exit code $exitCode")
    }
    $result
}

function Invoke-PesterSuite([IO.FileInfo] $File) {
    $name = $File.Name -replace '\.Tests\.ps1$'
    $result = New-SuiteResult $name
    $json = Join-Path $out "TestResults/$name.pester.json"
    Remove-Item $json -ErrorAction Ignore

    Enter-Step "test $name"
    $exitCode = Invoke-FreshPowerShell -Timeout $suiteTimeout -Argument @(
        '-File', (Join-Path $root 'tests/Invoke-PesterFile.ps1')
        '-Path', $File.FullName, '-Manifest', $manifest, '-ResultPath', $json)
    if (Test-Path $json) {
        $counts = Get-Content $json -Raw | ConvertFrom-Json
        $result.Passed = $counts.Passed
        $result.Failed = $counts.Failed
        $result.Skipped = $counts.Skipped
        $counts.Skips | ForEach-Object { $result.Skips.Add($_) }
        $counts.Failures | ForEach-Object { $result.Failures.Add((Format-Failure $_.Test $_.Message)) }
    }
    if ($exitCode -ne 0 -and $result.Failed -eq 0) {
        $result.Failed++
        $result.Notes.Add("the test process ended with exit code $exitCode")
    }
    $result
}

function New-UnrunPesterSuite([IO.FileInfo] $File, [string] $Reason) {
    $result = New-SuiteResult ($File.Name -replace '\.Tests\.ps1$')
    $result.Skipped = @(Select-String -Path $File.FullName -Pattern '^\s*It\s').Count
    $result.Notes.Add("NOT RUN: $Reason")
    $result
}

# The projects and Pester files under tests/, with the names that -Suite selects them by.
function Get-Suite {
    Get-ChildItem (Join-Path $root 'tests/*/*.csproj') |
        ForEach-Object { [pscustomobject]@{ Name = $_.BaseName; Kind = 'xUnit'; File = $_ } }
    Get-ChildItem (Join-Path $root 'tests/LocalZure.PowerShell.Tests/*.Tests.ps1') -ErrorAction Ignore |
        ForEach-Object { [pscustomobject]@{ Name = $_.Name -replace '\.Tests\.ps1$'; Kind = 'Pester'; File = $_ } }
}

function Invoke-Suite([object[]] $Chosen) {
    $Chosen | Where-Object Kind -EQ 'xUnit' | ForEach-Object { Invoke-XunitSuite $_.File.FullName }

    $files = $Chosen | Where-Object Kind -EQ 'Pester' | ForEach-Object File
    $hasPester = Test-ModuleAvailable 'Pester' '5.0' '6.0'
    foreach ($file in $files) {
        if ($hasPester) {
            Invoke-PesterSuite $file
        }
        else {
            New-UnrunPesterSuite $file 'Pester 5 is not installed (Install-Module Pester -MaximumVersion 5.99)'
        }
    }
}

function Show-TestResult([object[]] $Results) {
    Enter-Step 'results'
    foreach ($result in $Results) {
        Write-Host ('    {0,-36} {1,5} passed {2,5} failed {3,5} skipped' -f
            $result.Name, $result.Passed, $result.Failed, $result.Skipped)
        $result.Notes | ForEach-Object { Write-Host "        $_" }
        $result.Failures | ForEach-Object { Write-Host "        FAILED: $_" }
    }
    $skips = @($Results | ForEach-Object { $_.Skips } | Group-Object Reason | Sort-Object Count -Descending)
    foreach ($group in $skips) {
        Write-Host "    skipped $($group.Count): $($group.Name)"
        $group.Group | ForEach-Object { Write-Host "        $($_.Test)" }
    }
    $totals = foreach ($property in 'Passed', 'Failed', 'Skipped') {
        "$([int] ($Results | Measure-Object $property -Sum).Sum) $($property.ToLowerInvariant())"
    }
    Write-Host ($totals -join ', ')
}

function Invoke-Test {
    $suites = @(Get-Suite)
    $chosen = @($suites | Where-Object Name -Like $Suite)
    if (-not $chosen) {
        throw [ArgumentException]::new("no suite is named '$Suite'; there are: $($suites.Name -join ', ')")
    }
    $results = @(
        try {
            Invoke-Build
            $env:LOCALZURE_TEST_MODULE = $manifest
            Invoke-Suite $chosen
        }
        catch {
            $broken = New-SuiteResult 'build'
            $broken.Failed = 1
            $broken.Notes.Add("step '$currentStep' failed: $_")
            $broken
        }
    )
    Show-TestResult $results
    $ran = ($results | Measure-Object Passed -Sum).Sum
    $failed = ($results | Measure-Object Failed -Sum).Sum
    $script:exitCode = $failed -eq 0 -and $ran -gt 0 ? 0 : 1
}

# --- The other tasks ------------------------------------------------------------------------------------------------

# The arguments of the task as those of a command, to be splatted: what came over the command line of a shell is text.
function ConvertTo-CommandArgument([string] $Command, [object[]] $Text) {
    $known = (Get-Command $Command).Parameters
    $arguments = @{}
    $names = [Collections.Generic.List[string]]::new()
    for ($i = 0; $i -lt $Text.Count; $i++) {
        if ($Text[$i] -isnot [string] -or $Text[$i] -notmatch '^-(?<name>[A-Za-z]+)(:(?<value>.*))?$') {
            # `pwsh -File build.ps1 Start a,b` hands over one string.
            @($Text[$i]) -split ',' | Where-Object { $_ } | ForEach-Object { $names.Add($_) }
            continue
        }
        $parameter = $known[$Matches.name]
        if (-not $parameter) {
            throw [ArgumentException]::new("$Command has no parameter -$($Matches.name)")
        }
        if ($Matches.ContainsKey('value')) {
            $arguments[$parameter.Name] = $Matches.value ? $Matches.value : $Text[++$i]
        }
        elseif ($parameter.SwitchParameter) {
            $arguments[$parameter.Name] = $true
        }
        elseif ($i + 1 -lt $Text.Count) {
            $arguments[$parameter.Name] = $Text[++$i]
        }
        else {
            throw [ArgumentException]::new("-$($parameter.Name) has no value")
        }
    }
    if ($names.Count -gt 0) {
        $arguments.Name = [string[]] $names
    }
    $arguments
}

function Invoke-Start {
    $noName = "no service is named. Name those to start, for example './build.sh start blob'; README.md lists them"
    if (-not $Rest) {
        throw [ArgumentException]::new($noName)
    }
    Invoke-Build
    Import-Module $manifest -Force
    $arguments = ConvertTo-CommandArgument 'Start-LzService' $Rest
    if (-not $arguments.ContainsKey('Name')) {
        throw [ArgumentException]::new($noName)
    }
    $arguments.WhatIf = [bool] $WhatIf
    $arguments.ErrorAction = 'SilentlyContinue'
    $arguments.ErrorVariable = 'failures'
    Enter-Step "start $($arguments.Name -join ', ')"
    $failures = @()
    $ended = $null
    try {
        $started = @(Start-LzService @arguments)
        $started | Format-List | Out-Host
        foreach ($service in $started) {
            # On a line of its own, so that it can be copied whatever the width of the window.
            [Console]::Out.WriteLine($service.ConnectionString)
        }
    }
    catch {
        $ended = $_
    }
    # A terminating error is also in the variable.
    $shown = @($failures) + @($ended) |
        Where-Object { $_ -is [Management.Automation.ErrorRecord] } |
        Sort-Object { "$_" } -Unique
    foreach ($failure in $shown) {
        [Console]::Error.WriteLine("error: $failure")
        if (${failure}.ErrorDetails?.RecommendedAction) {
            [Console]::Error.WriteLine("remedy: $($failure.ErrorDetails.RecommendedAction)")
        }
    }
    if ($shown) {
        $script:exitCode = 1
    }
}

function Invoke-Bench {
    $script = Join-Path $root 'benchmarks/Run-Benchmark.ps1'
    if (-not (Test-Path $script)) {
        throw 'benchmarks/Run-Benchmark.ps1 is missing'
    }
    Invoke-Build
    Enter-Step 'benchmarks'
    $script:exitCode = Invoke-FreshPowerShell (@('-File', $script) + $Rest)
}

function Invoke-Package {
    Invoke-Build
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $packages = Join-Path $out 'packages'
    $path = Join-Path $packages "LocalZure-$version.zip"
    Enter-Step 'precompile LocalZure.Engine for other platforms'
    $content = Get-PrecompiledContent $engineFolder @($packageRuntimes | Where-Object { $_ -ne $thisRuntime })
    foreach ($file in Get-ChildItem $moduleFolder -File -Recurse) {
        $content[[IO.Path]::GetRelativePath($moduleFolder, $file.FullName).Replace('\', '/')] = $file.FullName
    }

    Enter-Step "package to out/packages/LocalZure-$version.zip"
    [IO.Directory]::CreateDirectory($packages) | Out-Null

    # Sorted and with one fixed time, so that the same files give the same archive.
    $time = [DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [timespan]::Zero)
    $stream = [IO.File]::Create($path)
    $archive = [IO.Compression.ZipArchive]::new($stream, 'Create')
    try {
        foreach ($relative in $content.Keys | Sort-Object) {
            $entry = $archive.CreateEntry("LocalZure/$version/$relative")
            $entry.LastWriteTime = $time
            $target = $entry.Open()
            $source = [IO.File]::OpenRead($content[$relative])
            try {
                $source.CopyTo($target)
            }
            finally {
                $source.Dispose()
                $target.Dispose()
            }
        }
    }
    finally {
        $archive.Dispose()
        $stream.Dispose()
    }

    Enter-Step "package to out/packages/LocalZure.Cli.$version.nupkg"
    $arguments = Get-DotnetArgument
    Invoke-Dotnet pack (Join-Path $root 'src/LocalZure.Cli') -o $packages "-p:Version=$version" @arguments
}

function Invoke-Clean {
    Enter-Step ($WhatIf ? 'would be removed by clean' : 'clean')
    $folders = @($out) + @(
        Get-ChildItem (Join-Path $root 'src/*/*.csproj'), (Join-Path $root 'tests/*/*.csproj'),
            (Join-Path $root 'benchmarks/*/*.csproj'), (Join-Path $root 'benchmarks/Peers/*/*.csproj') -ErrorAction Ignore |
            ForEach-Object { (Join-Path $_.DirectoryName 'bin'), (Join-Path $_.DirectoryName 'obj') })
    $folders = $folders | Where-Object { Test-Path $_ }
    if ($WhatIf) {
        $folders | ForEach-Object { Write-Host "    $([IO.Path]::GetRelativePath($root, $_))" }
    }
    else {
        $folders | Remove-Item -Recurse -Force
    }
}

$exitCode = 0
try {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'the .NET SDK is not installed (no dotnet on PATH); install .NET SDK 10 as described at https://learn.microsoft.com/dotnet/core/install'
    }
    if ($Rest -and $Task -notin 'Start', 'Bench') {
        throw [ArgumentException]::new("task $Task does not take '$($Rest -join ' ')'")
    }
    if ($WhatIf -and $Task -notin 'Start', 'Clean') {
        throw [ArgumentException]::new("task $Task does not take -WhatIf")
    }
    if ($PSBoundParameters.ContainsKey('Suite') -and $Task -ne 'Test') {
        throw [ArgumentException]::new("task $Task does not take -Suite")
    }
    & "Invoke-$Task"
}
catch [ArgumentException] {
    [Console]::Error.WriteLine("build.ps1: $($_.Exception.Message)")
    $exitCode = 2
}
catch {
    [Console]::Error.WriteLine("build.ps1: step '$currentStep' failed: $_")
    $exitCode = 1
}
exit $exitCode
