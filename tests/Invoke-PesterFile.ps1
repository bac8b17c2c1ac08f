#Requires -Version 7.4
<#
.SYNOPSIS
    Runs one Pester file against the built module and writes the counts as JSON. build.ps1 calls it in a fresh process.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    # The built module's manifest, imported before the tests run.
    [Parameter(Mandatory)] [string] $Manifest,
    # The manifest of the Pester to use.
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $ResultPath,
    # Only the tests with the tag Alone, or only those without; absent runs all.
    [ValidateSet('alone', 'beside')] [string] $Part
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
Import-Module $Manifest

# The preference is for this script, not for the tests.
$ErrorActionPreference = 'Continue'
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
if ([Console]::IsOutputRedirected) {
    $configuration.Output.RenderMode = 'Plaintext'
}
if ($Part) {
    $configuration.Filter.($Part -eq 'alone' ? 'Tag' : 'ExcludeTag') = 'Alone'
}
$run = Invoke-Pester -Configuration $configuration

$ErrorActionPreference = 'Stop'
# What the filter leaves out is run by the other part.
$skipped = @($run.Skipped) + @($run.Inconclusive) + @($run.NotRun | Where-Object ShouldRun)
# A file or block that broke outside of a test has no test to count.
$broken = @($run.FailedContainers) + @($run.FailedBlocks | Where-Object { $_.Tests.Count -eq 0 })
$result = [ordered]@{
    Passed = $run.PassedCount
    Failed = $run.FailedCount + $broken.Count
    Skipped = $skipped.Count
    Failures = @(
        $run.Failed | ForEach-Object { [ordered]@{ Test = $_.ExpandedPath; Message = "$($_.ErrorRecord | Select-Object -First 1)" } }
        $broken | ForEach-Object { [ordered]@{ Test = "$_"; Message = "$($_.ErrorRecord | Select-Object -First 1)" } }
    )
    Skips = @($skipped | ForEach-Object {
        $reason = ($_.ErrorRecord | Select-Object -First 1)?.Exception.Message -replace '^is skipped, because '
        [ordered]@{ Reason = $reason ? $reason : 'no reason given'; Test = $_.ExpandedPath }
    })
}
[IO.Directory]::CreateDirectory((Split-Path $ResultPath)) | Out-Null
$result | ConvertTo-Json -Depth 4 | Set-Content $ResultPath
exit ($result.Failed -gt 0 ? 1 : 0)
