#Requires -Version 7.4
<#
.SYNOPSIS
    Runs Pester files against the built module, one after the other, and writes the counts of each as JSON. build/Tests.psm1 calls it in
    a fresh process.
#>
[CmdletBinding()]
param(
    # The files, with the separator of PATH between them.
    [Parameter(Mandatory)] [string] $Path,
    # The built module's manifest, imported before the tests run.
    [Parameter(Mandatory)] [string] $Manifest,
    # The manifest of the Pester to use.
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $ResultPath,
    # Only the tests with the tag Alone, or only those without; absent runs all.
    [ValidateSet('alone', 'beside')] [string] $Part,
    # With the tests that have the tag Full.
    [switch] $Full
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
Import-Module $Manifest

function Read-Result([string] $Name, [object] $Run) {
    # What the filter leaves out is run by the other part.
    $skipped = @($Run.Skipped) + @($Run.Inconclusive) + @($Run.NotRun | Where-Object ShouldRun)
    # A file or block that broke outside of a test has no test to count.
    $broken = @($Run.FailedContainers) + @($Run.FailedBlocks | Where-Object { $_.Tests.Count -eq 0 })
    [ordered]@{
        Name = $Name
        Seconds = $Run.Duration.TotalSeconds
        Passed = $Run.PassedCount
        Failed = $Run.FailedCount + $broken.Count
        Skipped = $skipped.Count
        Failures = @(
            $Run.Failed | ForEach-Object { [ordered]@{ Test = $_.ExpandedPath; Message = "$($_.ErrorRecord | Select-Object -First 1)" } }
            $broken | ForEach-Object { [ordered]@{ Test = "$_"; Message = "$($_.ErrorRecord | Select-Object -First 1)" } }
        )
        Skips = @($skipped | ForEach-Object {
            $reason = ($_.ErrorRecord | Select-Object -First 1)?.Exception.Message -replace '^is skipped, because '
            [ordered]@{ Reason = $reason ? $reason : 'no reason given'; Test = $_.ExpandedPath }
        })
    }
}

# The preference is for this script, not for the tests.
$results = foreach ($file in $Path.Split([IO.Path]::PathSeparator)) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $file
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    if ([Console]::IsOutputRedirected) {
        $configuration.Output.RenderMode = 'Plaintext'
    }
    if ($Part -eq 'alone') {
        $configuration.Filter.Tag = 'Alone'
    }
    $configuration.Filter.ExcludeTag = @($Part -eq 'beside' ? 'Alone' : @(); $Full ? @() : 'Full')
    $ErrorActionPreference = 'Continue'
    $run = Invoke-Pester -Configuration $configuration
    $ErrorActionPreference = 'Stop'
    Read-Result ((Split-Path $file -Leaf) -replace '\.Tests\.ps1$') $run
}
[IO.Directory]::CreateDirectory((Split-Path $ResultPath)) | Out-Null
ConvertTo-Json @($results) -Depth 5 | Set-Content $ResultPath
exit (@($results.Failed) -gt 0 ? 1 : 0)
