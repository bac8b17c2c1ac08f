# Brings what the suites run with: Pester, a PowerShell that is quick to start, Azurite for services on the host. What only makes
# them quicker may fail: it is said, and they run without.
param([string] $Root)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$root = $Root
$out = Join-Path $root 'out'
$manifest = Join-Path $out 'LocalZure/LocalZure.psd1'

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
# with the compiler that the build has for the engine; without that, or when none is to be made for few tests, they run in it as it is.
function Get-TestPowerShell([bool] $Make) {
    $libraries = 'System.Management.Automation', 'Microsoft.PowerShell.ConsoleHost', 'Microsoft.PowerShell.Security',
        'Microsoft.PowerShell.Commands.Management', 'Microsoft.PowerShell.Commands.Utility'
    if (Test-Precompiled (Join-Path $PSHOME "$($libraries[0]).dll")) {
        return $PSHOME
    }
    $folder = Join-Path $out ".powershell/$($PSVersionTable.PSVersion)"
    if (Test-Path $folder) {
        return $folder
    }
    if (-not $Make) {
        return $PSHOME
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
    $framework = [Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()
    $new = "$folder.new"
    Remove-Item $new -Recurse -Force -ErrorAction Ignore
    [IO.Directory]::CreateDirectory((Split-Path $new)) | Out-Null
    Copy-Item $PSHOME $new -Recurse
    foreach ($library in $libraries) {
        # In a file: arguments with wildcards are for PowerShell to replace.
        Set-Content "$new.rsp" (Join-Path $PSHOME "$library.dll"), "-o:$(Join-Path $new "$library.dll")", '-O',
            "-r:$(Join-Path $framework '*.dll')", "-r:$(Join-Path $PSHOME '*.dll')"
        & $compiler.FullName "@$new.rsp" | Out-Host
        if ($LASTEXITCODE -ne 0) {
            Write-Host "    crossgen2 ended with exit code $LASTEXITCODE for ${library}: PowerShell is used as it is"
            return $PSHOME
        }
    }
    Remove-Item "$new.rsp"
    [IO.Directory]::Move($new, $folder)
    $folder
}

# Has Azurite installed for services on the host, as a first start does, in the home whose tools all suites share; then makes
# it quick to start. Without Node.js and npm the tests that need it say so themselves.
function Initialize-HostAzurite([string] $PowerShell) {
    $ways = 'node', 'npm', 'bash' | ForEach-Object { Get-Command $_ -CommandType Application -ErrorAction Ignore | Select-Object -First 1 }
    if (@($ways).Count -lt 3) {
        return
    }
    Enter-Step 'bring Azurite for services on the host'
    $testHome = Join-Path $out '.test-home'
    $installed = Join-Path $testHome 'tools/azurite-*/node_modules/azurite'
    if (-not (Test-Path $installed)) {
        $start = "`$env:LOCALZURE_HOME = '$testHome'; Import-Module '$manifest'
            Start-LzService blob -Mode Host -Instance test-tools -Port auto -ErrorAction Stop | Stop-LzService -RemoveData -Force"
        & $PowerShell -NoLogo -NoProfile -NonInteractive -Command $start | Out-Host
    }
    foreach ($package in Get-Item $installed) {
        & bash (Join-Path $root 'tests/images/azurite/bundle.sh') $package.FullName | Out-Host
        if ($LASTEXITCODE -ne 0) {
            Write-Host "    bundle.sh ended with exit code ${LASTEXITCODE}: Azurite is used as it is"
        }
    }
}

Export-ModuleMember -Function Restore-Pester, Get-TestPowerShell, Initialize-HostAzurite
