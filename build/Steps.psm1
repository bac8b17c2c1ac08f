# Steps and processes of the build.
param([string] $Configuration)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$script:configuration = $Configuration
$script:currentStep = 'start-up'

. "$PSScriptRoot/Launcher.ps1"

# Names what is done now, for people and for the message of a failure.
function Enter-Step([string] $Name) {
    $script:currentStep = $Name
    Write-Host "==> $Name"
}

function Get-Step {
    $script:currentStep
}

function Invoke-Dotnet {
    & dotnet @args | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE"
    }
}

function Get-DotnetArgument {
    # One compiler for all projects takes two thirds of the time of one each. It ends when nothing was compiled for ten minutes, and
    # in CI with the job.
    @('-c', $script:configuration, '-v', 'q', '--nologo', '-nodeReuse:false', '-p:UseSharedCompilation=true')
}

# Runs a script in a fresh PowerShell of this version, with its output on this console, and returns the exit code.
function Invoke-FreshPowerShell([string[]] $Argument) {
    $line = [string[]] (@('-NoLogo', '-NoProfile', '-NonInteractive') + $Argument)
    $process = [Diagnostics.Process]::Start([Diagnostics.ProcessStartInfo]::new((Get-PowerShellProgram), $line))
    try {
        $process.WaitForExit()
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

Export-ModuleMember -Function Enter-Step, Get-Step, Invoke-Dotnet, Get-DotnetArgument, Get-PowerShellProgram, Invoke-FreshPowerShell,
    Test-ModuleAvailable
