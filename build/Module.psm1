# Builds the module in out/LocalZure.
param([string] $Root, [string] $Configuration)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$script:configuration = $Configuration
$root = $Root
$out = Join-Path $root 'out'
$moduleFolder = Join-Path $out 'LocalZure'
$manifest = Join-Path $moduleFolder 'LocalZure.psd1'
$engineFolder = Join-Path $out '.stage/engine'
$thisRuntime = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier

# Transports that come with the client of Docker and are never loaded, since it speaks over connections of the engine.
$unusedFiles = 'Docker.DotNet.LegacyHttp.dll', 'Docker.DotNet.NativeHttp.dll', 'Docker.DotNet.NPipe.dll', 'Docker.DotNet.Unix.dll',
    'Microsoft.Net.Http.Client.dll'

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
    (@($script:configuration) + $lines) -join "`n"
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
    # Both, since the first call to Docker runs most of its client.
    $asItWas = @('LocalZure.Engine.dll', 'Docker.DotNet.dll' | Where-Object {
            $compiled = Join-Path $destination $_
            -not (Test-Path $compiled) -or (Test-SameContent $compiled (Join-Path $EngineFolder $_))
        })
    if ($LASTEXITCODE -eq 0 -and $asItWas.Count -eq 0) {
        return Join-Path $destination 'LocalZure.Engine.dll'
    }
    $silent = $asItWas ? "the compiler left $($asItWas -join ' and ') as it was" : 'the compiler failed'
    $reason = @($output | Where-Object { "$_" -match 'error' }) + $silent | Select-Object -First 1
    Write-Host "    not precompiled for $Runtime, where a first call takes longer: $("$reason" -replace '^.*?error ')"
}

# Places in the module of the engine for the given platforms -> files. The load context looks there first.
function Get-PrecompiledContent([string] $EngineFolder, [string[]] $Runtime) {
    $content = @{}
    foreach ($item in $Runtime) {
        $file = Publish-PrecompiledEngine $EngineFolder $item
        if ($file) {
            # With what it depends on, which is compiled in the same go.
            $libraries = Get-ChildItem (Split-Path $file) -Filter '*.dll' |
                Where-Object { $_.Name -notin $unusedFiles -and (Test-Path (Join-Path $EngineFolder $_.Name)) }
            foreach ($library in $libraries) {
                $content["bin/engine/$item/$($library.Name)"] = $library.FullName
            }
        }
    }
    $content
}

# The format file without the white space between its tags, which PowerShell would look at node by node with every import.
function Get-CompactFormatFile {
    $document = [xml]::new()
    $document.Load((Join-Path $root 'module/LocalZure.Format.ps1xml'))
    $compact = Join-Path $out '.stage/LocalZure.Format.ps1xml'
    [IO.Directory]::CreateDirectory((Split-Path $compact)) | Out-Null
    [IO.File]::WriteAllText($compact, $document.OuterXml)
    $compact
}

# Files that the module consists of: place in the module -> where it comes from.
function Get-ModuleContent([string] $EngineFolder, [string] $CmdletFolder) {
    $content = [ordered]@{}
    foreach ($file in [IO.DirectoryInfo]::new((Join-Path $root 'module')).EnumerateFiles('*', 'AllDirectories')) {
        $content[[IO.Path]::GetRelativePath((Join-Path $root 'module'), $file.FullName)] = $file.FullName
    }
    $content['LocalZure.Format.ps1xml'] = Get-CompactFormatFile
    $content['LocalZure.psd1'] = Join-Path $root 'LocalZure.psd1'
    $content['LICENSE'] = Join-Path $root 'LICENSE'

    # Everything the engine is made of stays out of the cmdlets' folder: PowerShell probes that folder for any assembly
    # name, which would get round the engine's own load context.
    $engineFiles = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    foreach ($file in [IO.DirectoryInfo]::new($EngineFolder).EnumerateFiles('*', 'AllDirectories')) {
        $relative = [IO.Path]::GetRelativePath($EngineFolder, $file.FullName)
        $engineFiles.Add($relative) | Out-Null
        if ($file.Extension -ne '.xml' -and $file.Name -notin $unusedFiles) {
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

# Puts the importable module together in out/LocalZure; does nothing while its inputs are what they were.
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
    Enter-Step "compile LocalZure.Engine ($configuration)"
    Publish-Project 'LocalZure.Engine' $engineFolder
    Enter-Step "compile LocalZure.PowerShell ($configuration)"
    Publish-Project 'LocalZure.PowerShell' $cmdletFolder
    $content = Get-ModuleContent $engineFolder $cmdletFolder
    if ($script:configuration -eq 'Release') {
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

Export-ModuleMember -Function Invoke-Build, Get-PrecompiledContent
