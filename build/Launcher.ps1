# Dot-sourced by the build and by the Pester suites.

# A program that runs the PowerShell of a folder, by default the one that this runs in. PowerShell as a .NET tool is a library that
# `dotnet` runs, and the program beside it is for one kind of processor only and has to find .NET by itself: for that one a small
# script is made under out/.bin.
function Get-PowerShellProgram([string] $Folder = $PSHOME) {
    $dotnet = [Environment]::ProcessPath
    if ([IO.Path]::GetFileNameWithoutExtension($dotnet) -ne 'dotnet') {
        return Join-Path $Folder ($IsWindows ? 'pwsh.exe' : 'pwsh')
    }
    $library = Join-Path $Folder 'pwsh.dll'
    # One for each, since it is found by its name.
    $hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($library))).Substring(0, 8)
    $place = [IO.Path]::GetFullPath("$PSScriptRoot/../out/.bin/$hash")
    $launcher = Join-Path $place ($IsWindows ? 'pwsh.cmd' : 'pwsh')
    $text = $IsWindows ? "@`"$dotnet`" `"$library`" %*`r`n" : "#!/bin/sh`nexec '$dotnet' '$library' `"`$@`"`n"
    if (-not (Test-Path $launcher) -or [IO.File]::ReadAllText($launcher) -cne $text) {
        # Moved into place whole: another process may be about to run it.
        [IO.Directory]::CreateDirectory($place) | Out-Null
        $new = "$launcher.$PID"
        [IO.File]::WriteAllText($new, $text)
        if (-not $IsWindows) {
            [IO.File]::SetUnixFileMode($new, 'UserRead, UserWrite, UserExecute, GroupRead, GroupExecute, OtherRead, OtherExecute')
        }
        [IO.File]::Move($new, $launcher, $true)
    }
    $launcher
}
