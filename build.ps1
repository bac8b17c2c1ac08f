#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, packages and starts LocalZure. The one entry for people and CI; build.sh only finds PowerShell and calls it.

.DESCRIPTION
    Build    puts an importable module together in out/LocalZure
    Test     builds, then runs every xUnit project and every Pester file under tests/, several at once; the last line counts them all
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

    # Test: with the tests that take long for what they add to others, as in CI.
    [switch] $Full,

    # Test: all of that, with the long rounds of the fault suite, which take hours.
    [switch] $Long,

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

Import-Module "$root/build/Steps.psm1" -ArgumentList $Configuration
Import-Module "$root/build/Module.psm1" -ArgumentList $root, $Configuration
Import-Module "$root/build/TestTools.psm1" -ArgumentList $root
Import-Module "$root/build/TestResults.psm1"
Import-Module "$root/build/Tests.psm1" -ArgumentList $root, $Configuration

# --- The tasks ------------------------------------------------------------------------------------------------

function Invoke-Test {
    $script:exitCode = Invoke-TestRun $Suite -Full:$Full -Long:$Long
}

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
    foreach ($form in 'Full', 'Long') {
        if ($PSBoundParameters.ContainsKey($form) -and $Task -ne 'Test') {
            throw [ArgumentException]::new("task $Task does not take -$form")
        }
    }
    & "Invoke-$Task"
}
catch [ArgumentException] {
    [Console]::Error.WriteLine("build.ps1: $($_.Exception.Message)")
    $exitCode = 2
}
catch {
    [Console]::Error.WriteLine("build.ps1: step '$(Get-Step)' failed: $_")
    $exitCode = 1
}
exit $exitCode
