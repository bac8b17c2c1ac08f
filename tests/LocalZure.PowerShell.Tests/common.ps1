# Shared by all suites: dot-source it in BeforeDiscovery and in BeforeAll. The built module is tested, never the sources.

$script:moduleRoot = [IO.Path]::GetFullPath("$PSScriptRoot/../../out/LocalZure")
if (-not (Get-Module LocalZure)) {
    Import-Module "$moduleRoot/LocalZure.psd1" -ErrorAction Stop
}

# The image that the catalog pins for a service.
function Get-CatalogImage([string] $Service = 'blob') {
    (Get-LzService $Service -Available).Image
}

. "$PSScriptRoot/../../build/Launcher.ps1"

# The host tools of all suites, those in C# too: Azurite is installed once, by the first that needs it.
$script:sharedTools = [IO.Path]::GetFullPath("$PSScriptRoot/../../out/.test-home/tools")

# Why the tests that need a real Docker engine with the image cannot run; $null when they can.
function Get-DockerObstacle {
    if (-not (Get-Command docker -ErrorAction Ignore)) {
        return 'the docker command is not installed'
    }
    $null = docker version 2>&1
    if ($LASTEXITCODE -ne 0) {
        return 'no Docker engine answers'
    }
    $image = Get-CatalogImage
    $null = docker image inspect $image 2>&1
    if ($LASTEXITCODE -ne 0) {
        return "the image $image is not on this engine"
    }
}

# Why the tests that run Azurite as a host process cannot run; $null when they can.
function Get-HostObstacle {
    if ((Get-Command azurite-blob -ErrorAction Ignore) -or (Test-Path "$sharedTools/azurite-*")) {
        return
    }
    if (-not (Get-Command npm -ErrorAction Ignore)) {
        return 'neither azurite nor npm is on the PATH'
    }
    $null = npm ping 2>&1
    if ($LASTEXITCODE -ne 0) {
        return 'azurite is not on the PATH and npm does not reach its registry'
    }
}

# An instance name that no other test or user has.
function New-InstanceName {
    "t$([guid]::NewGuid().ToString('n').Substring(0, 10))"
}

# Gives this process a LocalZure home of its own and remembers what to restore. With -SharedTools its tools are those of all suites.
function Enter-TestHome([switch] $SharedTools) {
    $script:savedEnvironment = @{}
    foreach ($name in 'LOCALZURE_HOME', 'LOCALZURE_INSTANCE', 'LOCALZURE_MODE', 'LOCALZURE_PORT_RANGE', 'DOCKER_HOST') {
        $savedEnvironment[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $env:LOCALZURE_HOME = Join-Path ([IO.Path]::GetTempPath()) "localzure-test-$([guid]::NewGuid().ToString('n'))"
    Remove-Item env:LOCALZURE_INSTANCE, env:LOCALZURE_MODE, env:LOCALZURE_PORT_RANGE -ErrorAction Ignore
    # A link takes rights on Windows that not everybody has.
    if ($SharedTools -and -not $IsWindows) {
        $null = [IO.Directory]::CreateDirectory($script:sharedTools), [IO.Directory]::CreateDirectory($env:LOCALZURE_HOME)
        $null = [IO.Directory]::CreateSymbolicLink("$env:LOCALZURE_HOME/tools", $script:sharedTools)
    }
}

function Exit-TestHome {
    if ([IO.DirectoryInfo]::new("$env:LOCALZURE_HOME/tools").LinkTarget) {
        [IO.Directory]::Delete("$env:LOCALZURE_HOME/tools")
    }
    Remove-Item $env:LOCALZURE_HOME -Recurse -Force -ErrorAction Ignore
    foreach ($name in $savedEnvironment.Keys) {
        [Environment]::SetEnvironmentVariable($name, $savedEnvironment[$name])
    }
}

# An engine address at which nothing listens.
function Get-DeadEndpoint {
    "unix://$([IO.Path]::GetTempPath().TrimEnd('/\'))/localzure-no-engine-$([guid]::NewGuid().ToString('n')).sock"
}

# Names of what an instance has in Docker.
function Get-DockerThing([string] $Instance) {
    docker ps -a --filter "label=localzure.instance=$Instance" --format 'container {{.Names}}'
    docker network ls --filter "label=localzure.instance=$Instance" --format 'network {{.Name}}'
    docker volume ls --filter "label=localzure.instance=$Instance" --format 'volume {{.Name}}'
}

# Removes what an instance has in Docker, by its label, whatever state the module is in.
function Remove-DockerThing([string] $Instance) {
    foreach ($thing in Get-DockerThing $Instance) {
        $kind, $name = $thing -split ' '
        $null = $kind -eq 'container' ? (docker rm -f -v $name 2>&1) : (docker $kind rm $name 2>&1)
    }
}

# Waits until a condition holds and fails with its description when it does not within the time.
function Wait-Until([scriptblock] $Condition, [string] $What, [timespan] $Within = '00:00:30') {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    for ($pause = 20; -not (& $Condition); $pause = [Math]::Min(100, 2 * $pause)) {
        if ($watch.Elapsed -gt $Within) {
            throw "Not seen within $($Within.TotalSeconds) s: $What"
        }
        # Many conditions ask the docker command line, which costs more than a short pause saves.
        Start-Sleep -Milliseconds $pause
    }
}

# Runs a script in another runspace of this process, with the module imported there.
function Start-InRunspace([scriptblock] $Script, [object[]] $Argument = @()) {
    $state = [initialsessionstate]::CreateDefault()
    $state.ImportPSModule(@("$moduleRoot/LocalZure.psd1"))
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $shell = [powershell]::Create($runspace).AddScript($Script.ToString())
    foreach ($value in $Argument) {
        $null = $shell.AddArgument($value)
    }
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $running = [pscustomobject]@{ Shell = $shell; Runspace = $runspace; Output = $output; Handle = $null }
    $running.Handle = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
    $running
}

# Does what Ctrl+C does and returns how long it took to end.
function Stop-InRunspace($Running, [timespan] $Within = '00:00:30') {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $stop = $Running.Shell.BeginStop($null, $null)
    if (-not $stop.AsyncWaitHandle.WaitOne($Within)) {
        throw "The pipeline did not end within $($Within.TotalSeconds) s after it was stopped."
    }
    $watch.Elapsed
}

function Close-Runspace($Running) {
    $Running.Shell.Dispose()
    $Running.Runspace.Dispose()
}

# Runs PowerShell in a process of its own with the module imported, and returns its output.
function Invoke-FreshPwsh([string] $Command, [string] $Module = "$moduleRoot/LocalZure.psd1") {
    & (Get-PowerShellProgram) -NoLogo -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$Module'; $Command" 2>&1
}

# A path that every user may read: the given folder, or a copy of it below another one. What a package manager of one user has brought,
# and what lies in a home, others may not.
function Get-ReadableFolder([string] $Path, [string] $Probe, [string] $Below, [string[]] $Only = '*') {
    setpriv --reuid=65534 --regid=65534 --clear-groups -- test -r "$Path/$Probe"
    if ($LASTEXITCODE -eq 0) {
        return $Path
    }
    $copy = Join-Path $Below ([guid]::NewGuid().ToString('n'))
    foreach ($item in $Only) {
        $target = $item -eq '*' ? $copy : (Join-Path $copy (Split-Path $item))
        $null = New-Item -ItemType Directory $target -Force
        cp -rL ($item -eq '*' ? "$Path/." : "$Path/$item") $target
    }
    chmod -R a+rX $copy
    $copy
}

# Runs PowerShell as a user who owns nothing, with the module imported, and returns its output. Takes root on Linux.
function Invoke-AsNobody([string] $Command, [string] $Folder, [string[]] $Environment) {
    $module = Get-ReadableFolder $moduleRoot 'LocalZure.psd1' $Folder
    $place = Get-ReadableFolder $PSHOME 'pwsh.dll' $Folder
    $program = @("$place/pwsh")
    $dotnet = [Environment]::ProcessPath
    if ([IO.Path]::GetFileNameWithoutExtension($dotnet) -eq 'dotnet') {
        $runtime = Get-ReadableFolder (Split-Path $dotnet) 'dotnet' $Folder -Only 'dotnet', 'host', 'shared'
        $program = @("$runtime/dotnet", "$place/pwsh.dll")
    }
    & env @Environment setpriv --reuid=65534 --regid=65534 --clear-groups -- @program -NoLogo -NoProfile -NonInteractive -Command "
        Import-Module '$module/LocalZure.psd1'
        $Command" 2>&1
}
