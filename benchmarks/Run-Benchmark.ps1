#Requires -Version 7.4
<#
.SYNOPSIS
    Measures LocalZure against the docker command line, plain API calls and other tools, and prints medians, ratios and budgets.

.DESCRIPTION
    Needs a Docker engine and the test images (tests/images/build.sh), and the module in out/LocalZure. `./build.sh bench`
    builds and runs it. What is measured in one row is measured alternately, so that only the ratio counts; run it on a
    machine that does nothing else.

    Each row is printed as soon as it is measured, and appended to a file as a line of JSON: a run can be ended at any time (Ctrl+C)
    without losing what it has measured, and removes what it has made.

.EXAMPLE
    ./build.sh bench 'start-*' import

.EXAMPLE
    ./build.sh bench own-8 azurite-1 -Peer Testcontainers,Aspire -TimeLimit 10m
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    # Wildcards of rows: import, first, completer, log, cmdlet-list, start-nowait, start-usable, start-again, stop, stop-data, exit, list,
    # start-many, orphans; beside other tools own-8, azurite-1, azurite-8, azurite-20.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Name = @('*'),

    # The tools to compare with: the projects in benchmarks/Peers, separated by commas. Aspire, which is heavy to build, only when it is asked for.
    [string] $Peer = 'Testcontainers',

    # After this time no further measurement is begun, for example 30m or 1h.
    [ValidatePattern('^\d+[smh]$')]
    [string] $TimeLimit = '6h',

    # The file that each row is appended to.
    [string] $ResultsPath = (Join-Path (Split-Path $PSScriptRoot) 'out/benchmarks.jsonl')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$root = Split-Path $PSScriptRoot
$manifest = Join-Path $root 'out/LocalZure/LocalZure.psd1'
if (-not (Test-Path $manifest)) {
    throw "$manifest is missing; ./build.sh build makes it"
}
$temp = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "localzure-bench-$([guid]::NewGuid().ToString('n').Substring(0, 8))")).FullName
$env:LOCALZURE_HOME = Join-Path $temp 'home'
$until = [DateTimeOffset]::UtcNow.AddSeconds([int] $TimeLimit.TrimEnd('s', 'm', 'h') * @{ s = 1; m = 60; h = 3600 }[[string] $TimeLimit[-1]])
$run = [DateTimeOffset]::UtcNow.ToString('o')
$instance = "bench$([guid]::NewGuid().ToString('n').Substring(0, 8))"
$image = 'localzure-test/busybox:1'

function Test-Wanted([string] $Row) {
    [bool] ($Name | Where-Object { $Row -like $_ })
}

function Get-Median([double[]] $Value) {
    $sorted = $Value | Sort-Object
    $middle = [int] [math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function New-Row([string] $Row, [string] $Unit, [double] $Ours, [string] $Baseline, [double] $Other, [string] $Budget, $Met) {
    [pscustomobject]@{
        Name = $Row; Unit = $Unit; Ours = $Ours; Baseline = $Baseline; Other = $Other; Ratio = $Ours / $Other; Budget = $Budget; Met = $Met; Problem = $null
    }
}

# Shows a row and writes it down.
function Out-Row($Row) {
    New-Item -ItemType Directory -Force (Split-Path $ResultsPath) | Out-Null
    $Row | Select-Object @{ Name = 'Run'; Expression = { $run } }, * | ConvertTo-Json -Compress | Add-Content $ResultsPath
    if ($Row.Problem) {
        Write-Host ('{0,-52} {1}: {2}' -f $Row.Name, $Row.Baseline, $Row.Problem).Replace(' : ', ' ')
        return
    }
    $met = $null -eq $Row.Met ? '' : $Row.Met ? 'met' : 'NOT MET'
    Write-Host ('{0,-52} {1,12:N1} {2,-8} {3,12:N1}  ratio {4,6:N2}  {5,-22} {6,-8} beside {7}' -f
        $Row.Name, $Row.Ours, $Row.Unit, $Row.Other, $Row.Ratio, $Row.Budget, $met, $Row.Baseline)
}

# Builds a tool to compare with; gives the path of its assembly, or says why there is none.
function Build-Peer([string] $Tool) {
    $project = Join-Path $PSScriptRoot "Peers/$Tool"
    if (-not (Test-Path $project)) {
        throw "there is no '$Tool' in benchmarks/Peers"
    }
    $output = & dotnet build $project -c Release -v q --nologo 2>&1
    if ($LASTEXITCODE -ne 0) {
        $why = @($output | Select-String ': error ' | Select-Object -First 1) + 'its build failed'
        Out-Row ([pscustomobject]@{ Name = "beside $Tool"; Baseline = $Tool; Problem = "not measured: $($why[0])" })
        return
    }
    Join-Path $project "bin/Release/net10.0/LocalZure.Benchmarks.$Tool.dll"
}

# What a script prints that runs in a fresh PowerShell without a profile: this one, or the one of a folder.
function Invoke-Fresh([string] $Script, [string] $Folder = $PSHOME) {
    $library = @(if ($isTool) { Join-Path $Folder 'pwsh.dll' })
    $output = & (Get-Process -Id $PID).Path @library -NoLogo -NoProfile -NonInteractive -Command $Script
    if ($LASTEXITCODE -ne 0) {
        throw "a fresh PowerShell ended with exit code $LASTEXITCODE`: $output"
    }
    $output
}

# PowerShell as a .NET tool is a library without a program of its own.
$isTool = [IO.Path]::GetFileNameWithoutExtension((Get-Process -Id $PID).Path) -eq 'dotnet'

function Invoke-Docker {
    & docker @args | Out-Null
    if ($LASTEXITCODE -ne 0) {
        throw "docker $args ended with exit code $LASTEXITCODE"
    }
}

function Measure-Import {
    $empty = Join-Path $temp 'EmptyModule'
    New-Item -ItemType Directory $empty | Out-Null
    Set-Content (Join-Path $empty 'Empty.cs') @'
using System.Management.Automation;
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet { }
'@
    Set-Content (Join-Path $empty 'EmptyModule.csproj') @'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework><AssemblyName>EmptyModule</AssemblyName></PropertyGroup>
  <ItemGroup><PackageReference Include="PowerShellStandard.Library" Version="5.1.1" PrivateAssets="all" /></ItemGroup>
</Project>
'@
    & dotnet build $empty -c Release -o (Join-Path $empty 'bin') -v q --nologo | Out-Null
    if ($LASTEXITCODE -ne 0) {
        throw 'the empty module could not be compiled'
    }
    Set-Content (Join-Path $empty 'EmptyModule.psd1') "@{ RootModule = 'bin/EmptyModule.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Nothing'); FunctionsToExport = @(); AliasesToExport = @() }"

    # A .NET tool is not compiled ahead of time, an installed PowerShell is; the tests make a copy of the tool that is too.
    $kinds = [ordered]@{ 'Import-Module' = $PSHOME }
    $compiled = Join-Path $root "out/.powershell/$($PSVersionTable.PSVersion)"
    if ($isTool -and $PSHOME -ne $compiled) {
        $kinds = [ordered]@{ 'Import-Module, PowerShell as a .NET tool' = $PSHOME }
        if (Test-Path $compiled) {
            $kinds['Import-Module, PowerShell compiled ahead of time'] = $compiled
        }
    }
    $time = { param($path, $folder) [double] (Invoke-Fresh "`$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$path'; `$w.Elapsed.TotalMilliseconds" $folder) }
    foreach ($kind in $kinds.Keys) {
        & $time $manifest $kinds[$kind] | Out-Null
        $pairs = 1..11 | ForEach-Object { , @((& $time $manifest $kinds[$kind]), (& $time (Join-Path $empty 'EmptyModule.psd1') $kinds[$kind])) }
        $ours = Get-Median $pairs.ForEach({ $_[0] })
        $other = Get-Median $pairs.ForEach({ $_[1] })
        New-Row $kind 'ms' $ours 'empty binary module' $other 'ratio <= 1.5' ($ours -le $other * 1.5)
    }
}

function Measure-First {
    $script = "Import-Module '$manifest'; " +
        '$w = [Diagnostics.Stopwatch]::StartNew(); Get-LzService | Out-Null; $first = $w.Elapsed.TotalMilliseconds; ' +
        '$warm = 1..9 | % { $w.Restart(); Get-LzService | Out-Null; $w.Elapsed.TotalMilliseconds } | Sort-Object; ' +
        '"$first $($warm[4])"'
    $runs = 1..9 | ForEach-Object { , @((Invoke-Fresh $script) -split ' ' | ForEach-Object { [double] $_ }) }
    $first = Get-Median $runs.ForEach({ $_[0] })
    $warm = Get-Median $runs.ForEach({ $_[1] })
    New-Row 'first Get-LzService of a process' 'ms' $first 'warm Get-LzService' $warm 'at most 150 ms more' ($first - $warm -le 150)
}

function Measure-Completer {
    $script = "Import-Module '$manifest'; `$env:DOCKER_HOST = 'unix:///nobody-listens.sock'; " +
        '$complete = { [Management.Automation.CommandCompletion]::CompleteInput("Start-LzService -Name b", 23, $null).CompletionMatches.Count }; ' +
        '& $complete | Out-Null; ' +
        '$times = 1..15 | % { $w = [Diagnostics.Stopwatch]::StartNew(); if ((& $complete) -lt 1) { throw "no completion" }; $w.Elapsed.TotalMilliseconds } | Sort-Object; $times[7]'
    $own = Get-Median (1..3 | ForEach-Object { [double] (Invoke-Fresh $script) })
    New-Row 'completer of -Name, no daemon' 'ms' $own 'limit' 20 '< 20 ms' ($own -lt 20)
}

function Measure-Log {
    $name = "localzure-blob-$instance"
    Invoke-Docker run --detach --name $name --label localzure.managed=true --label localzure.service=blob `
        --label "localzure.instance=$instance" $image log 1000000
    while ((docker logs --tail 1 $name) -ne 'line 1000000') {
        Start-Sleep -Milliseconds 100
    }
    $script = "Import-Module '$manifest'; Get-LzContainerLog blob -Instance $instance -Tail 1000 | Out-Null; " +
        '$before = [Diagnostics.Process]::GetCurrentProcess().WorkingSet64; $w = [Diagnostics.Stopwatch]::StartNew(); $n = 0; ' +
        "Get-LzContainerLog blob -Instance $instance | & { process { `$script:n++ } }; " +
        '$t = $w.Elapsed.TotalMilliseconds; $p = [Diagnostics.Process]::GetCurrentProcess(); $p.Refresh(); "$n $t $before $($p.PeakWorkingSet64)"'
    $runs = foreach ($round in 1..3) {
        $n, $time, $before, $peak = (Invoke-Fresh $script) -split ' ' | ForEach-Object { [double] $_ }
        if ($n -ne 1000000) {
            throw "$n lines instead of 1000000 were read"
        }
        $start = [Diagnostics.ProcessStartInfo]::new('docker')
        'logs', '--timestamps', $name | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardOutput = $true
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardOutput.BaseStream.CopyTo([IO.Stream]::Null)
        $process.WaitForExit()
        [pscustomobject]@{ Ours = 1e9 / $time; Other = 1e9 / $watch.Elapsed.TotalMilliseconds; Growth = ($peak - $before) / 1MB }
    }
    $ours = Get-Median $runs.Ours
    $other = Get-Median $runs.Other
    New-Row 'Get-LzContainerLog of 1,000,000 lines' 'lines/s' $ours 'docker logs --timestamps' $other 'ratio >= 0.5' ($ours -ge $other / 2)
    $growth = Get-Median $runs.Growth
    New-Row 'the same: growth of the working set' 'MB' $growth 'limit' 64 'flat' ($growth -le 64)
}

function Measure-CmdletList {
    1..500 | ForEach-Object -ThrottleLimit 8 -Parallel {
        docker create --network none --name "localzure-service$_-$using:instance" --label localzure.managed=true --label "localzure.service=service$_" `
            --label "localzure.instance=$using:instance" $using:image idle | Out-Null
    }
    Import-Module $manifest
    $times = 0..15 | ForEach-Object {
        $ours = Measure-Command { $script:found = @(Get-LzService -All -Instance $instance).Count }
        $other = Measure-Command { docker ps --all | Out-Null }
        , @($ours.TotalMilliseconds, $other.TotalMilliseconds)
    } | Select-Object -Skip 1
    if ($found -ne 500) {
        throw "$found instead of 500 services were found"
    }
    $ours = Get-Median $times.ForEach({ $_[0] })
    $other = Get-Median $times.ForEach({ $_[1] })
    New-Row 'Get-LzService -All of 500' 'ms' $ours 'docker ps --all' $other 'ratio <= 1' ($ours -le $other)
}

function Clear-Bench {
    $ids = @(docker ps --all --quiet --filter "label=localzure.instance=$instance")
    if ($ids) {
        Invoke-Docker rm --force @ids
    }
}

try {
    $measurements = [ordered]@{
        'import' = { Measure-Import }; 'first' = { Measure-First }; 'completer' = { Measure-Completer }
        'log' = { Measure-Log }; 'cmdlet-list' = { Measure-CmdletList }
    }
    foreach ($row in $measurements.Keys | Where-Object { Test-Wanted $_ }) {
        if ([DateTimeOffset]::UtcNow -ge $until) {
            Out-Row ([pscustomobject]@{ Name = $row; Baseline = ''; Problem = 'not measured: the time is up' })
            continue
        }
        Write-Host "  $row"
        try {
            & $measurements[$row] | ForEach-Object { Out-Row $_ }
        } catch {
            Out-Row ([pscustomobject]@{ Name = $row; Baseline = ''; Problem = "not measured: $_" })
        }
        Clear-Bench
    }

    $chosen = @('--until', $until.ToUnixTimeSeconds())
    if (@('own-8', 'azurite-1', 'azurite-8', 'azurite-20').Where({ Test-Wanted $_ })) {
        foreach ($tool in $Peer -split ',' | Where-Object { $_ }) {
            Build-Peer $tool | ForEach-Object { $chosen += '--peer', $_ }
        }
    }
    # Without names it runs all; a lone * would be expanded to the names of files.
    $chosen += @($Name | Where-Object { $_ -ne '*' })
    & dotnet run --project (Join-Path $PSScriptRoot 'LocalZure.Benchmarks') -c Release -v q -- @chosen |
        ForEach-Object { Out-Row ($_ | ConvertFrom-Json) }
    if ($LASTEXITCODE -ne 0) {
        throw "LocalZure.Benchmarks ended with exit code $LASTEXITCODE"
    }
}
finally {
    Clear-Bench
    Remove-Item $temp -Recurse -Force
}
