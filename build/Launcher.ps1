# Dot-sourced by the build and by the Pester suites.

# A program that runs the PowerShell this runs in. PowerShell as a .NET tool is a library without a program of its own: for that one
# a small script is made in out/.bin.
function Get-PowerShellProgram {
    $program = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    if (Test-Path $program) {
        return $program
    }
    $library = Join-Path $PSHOME 'pwsh.dll'
    $folder = [IO.Path]::GetFullPath("$PSScriptRoot/../out/.bin")
    $launcher = Join-Path $folder ($IsWindows ? 'pwsh.cmd' : 'pwsh')
    $text = $IsWindows ? "@dotnet `"$library`" %*`r`n" : "#!/bin/sh`nexec dotnet '$library' `"`$@`"`n"
    if (-not (Test-Path $launcher) -or [IO.File]::ReadAllText($launcher) -cne $text) {
        # Moved into place whole: another process may be about to run it.
        [IO.Directory]::CreateDirectory($folder) | Out-Null
        $new = "$launcher.$PID"
        [IO.File]::WriteAllText($new, $text)
        if (-not $IsWindows) {
            [IO.File]::SetUnixFileMode($new, 'UserRead, UserWrite, UserExecute, GroupRead, GroupExecute, OtherRead, OtherExecute')
        }
        [IO.File]::Move($new, $launcher, $true)
    }
    $launcher
}
