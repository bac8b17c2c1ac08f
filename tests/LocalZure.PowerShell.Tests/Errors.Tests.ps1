BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $names = [Enum]::GetNames((Get-LzService -Available)[0].GetType().Assembly.GetType('LocalZure.ErrorCode'))
    $socket = '/var/run/docker.sock'
    $permissionObstacle = if (-not $IsLinux) {
        'other users can be tried on Linux only'
    }
    elseif ((id -u) -ne '0' -or -not (Get-Command setpriv -ErrorAction Ignore)) {
        'only root with setpriv can become another user'
    }
    elseif (-not (Test-Path $socket)) {
        "there is no $socket"
    }
    elseif ([IO.File]::GetUnixFileMode($socket).HasFlag([IO.UnixFileMode]::OtherWrite)) {
        "everyone may use $socket"
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $engine = (Get-LzService -Available)[0].GetType().Assembly

    function New-Failure([string] $Code, [string] $Message = 'It failed.') {
        [Activator]::CreateInstance($engine.GetType('LocalZure.LocalZureException'), [object[]] @([Enum]::Parse($engine.GetType('LocalZure.ErrorCode'), $Code), $Message, $null, $null))
    }

    function Get-Record($Exception, $Target) {
        $from = [LocalZure.PowerShell.ModuleInitializer].Assembly.GetType('LocalZure.PowerShell.Errors.ErrorRecords').GetMethod('From')
        $from.Invoke($null, @($Exception, $Target))
    }
}

AfterAll {
    Exit-TestHome
}

Describe 'The record of <_>' -ForEach $names {
    It 'has the code as its id, a category and a remedy' {
        $record = Get-Record (New-Failure $_) 'blob'
        $record.FullyQualifiedErrorId | Should -Be $_
        $record.TargetObject | Should -Be 'blob'
        $record.ErrorDetails.RecommendedAction | Should -Match '\.$'
        if ($_ -ne 'InternalError') {
            $record.CategoryInfo.Category | Should -Not -Be 'NotSpecified'
        }
    }
}

Describe '-ErrorAction Stop' {
    It 'ends the script, whatever the error: <Command>' -ForEach @(
        @{ Command = 'Start-LzService nosuch' }
        @{ Command = 'Start-LzService blob -Port 5-2' }
        @{ Command = 'Start-LzService blob -Cpus 0' }
        @{ Command = 'Wait-LzService nosuch' }
        @{ Command = 'Get-LzService nosuch' }
    ) {
        Invoke-FreshPwsh "$Command -ErrorAction Stop; 'went on'" | Should -Not -Contain 'went on'
        $LASTEXITCODE | Should -Be 1
    }
}

Describe 'The record of an exception' {
    It 'shows the evidence line by line below the message' {
        $failure = New-Failure 'ContainerExited' 'blob ended with exit code 1.'
        $failure.GetType().GetProperty('Evidence').SetValue($failure, [string[]] @('first line', 'second line'))
        (Get-Record $failure 'blob').ErrorDetails.Message | Should -Be "blob ended with exit code 1.`n  | first line`n  | second line"
    }

    It 'shows a line of a log that is one word of the message' {
        $failure = New-Failure 'ContainerExited' 'blob ended with exit code 7 while it was starting.'
        $failure.GetType().GetProperty('Evidence').SetValue($failure, [string[]] @('starting', 'cannot open db'))
        (Get-Record $failure 'blob').ErrorDetails.Message | Should -Be "blob ended with exit code 7 while it was starting.`n  | starting`n  | cannot open db"
    }

    It 'leaves out evidence that the message has told already: <Message>' -ForEach @(
        @{ Message = 'The Docker engine at unix:///a.sock (DOCKER_HOST) does not answer: not there.'; Evidence = 'unix:///a.sock (DOCKER_HOST): not there' }
        @{ Message = "DOCKER_CONTEXT is 'nope', which cannot be used: there is no context of that name."; Evidence = 'nope (DOCKER_CONTEXT): there is no context of that name' }
    ) {
        $failure = New-Failure 'DockerUnavailable' $Message
        $failure.GetType().GetProperty('Evidence').SetValue($failure, [string[]] @($Evidence, 'unix:///b.sock: not there'))
        (Get-Record $failure $null).ErrorDetails.Message | Should -Be "$Message`n  | unix:///b.sock: not there"
    }

    It 'has a target that can be read: <Text>' -ForEach @(
        @{ Target = [string[]] @('blob', 'queue'); Text = 'blob, queue' }
        @{ Target = [Collections.Generic.List[string]] @('blob'); Text = 'blob' }
        @{ Target = @{ blob = 1 }; Text = 'blob = 1' }
        @{ Target = @{ '' = 70000 }; Text = '70000' }
        @{ Target = [string[]] @(); Text = '' }
    ) {
        (Get-Record (New-Failure 'PortInvalid') $Target).CategoryInfo.TargetName | Should -Be $Text
    }

    It 'keeps an unexpected exception inside an InternalError' {
        $inner = [InvalidOperationException]::new('Sequence contains no elements')
        $record = Get-Record $inner $null
        $record.FullyQualifiedErrorId | Should -Be 'InternalError'
        $record.Exception.InnerException | Should -Be $inner
        $record.Exception.Message | Should -Match 'Sequence contains no elements'
    }
}

Describe 'A socket that this user may not use' {
    It 'is DockerPermissionDenied' {
        if ($permissionObstacle) {
            Set-ItResult -Skipped -Because $permissionObstacle
        }
        $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "localzure-test-$([guid]::NewGuid().ToString('n'))")
        try {
            chmod 777 $folder
            $output = Invoke-AsNobody -Folder $folder -Environment "HOME=$folder", "LOCALZURE_HOME=$folder/home", 'DOCKER_HOST=' -Command '
                try { Start-LzService blob -Mode Docker } catch { $_.FullyQualifiedErrorId; [string] $_.CategoryInfo.Category; $_.ErrorDetails.RecommendedAction }'
            $output[0] | Should -Be 'DockerPermissionDenied,LocalZure.PowerShell.Commands.StartLzServiceCommand'
            $output[1] | Should -Be 'PermissionDenied'
            $output[2] | Should -Match 'docker'
        }
        finally {
            Remove-Item $folder -Recurse -Force
        }
    } -TestCases @{ permissionObstacle = $permissionObstacle }
}
