BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Services as host processes' -Tag Host {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome -SharedTools
        $env:DOCKER_HOST = Get-DeadEndpoint
        $obstacle = Get-HostObstacle
        $instance = New-InstanceName
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    AfterAll {
        Get-LzService -Instance $instance -All -WarningAction Ignore | Stop-LzService -RemoveData -Force -WarningAction Ignore
        Exit-TestHome
    }

    It 'starts what answers at once, with the shape of Docker mode' {
        $blob = Start-LzService blob -Instance $instance -Port auto -Mode Host -Timeout 2m
        "$($blob.Mode) $($blob.State) $($blob.Health)" | Should -Be 'Host Running Healthy'
        $blob.ContainerName | Should -Be "localzure-blob-$instance"
        $blob.ProcessId | Should -BeGreaterThan 0
        $blob.ConnectionString | Should -Match "BlobEndpoint=http://127\.0\.0\.1:$($blob.Ports[0].HostPort)/"
        $answer = Invoke-WebRequest "$($blob.Endpoints['blob'])?comp=list" -SkipHttpErrorCheck
        "$($answer.Headers.Server)" | Should -BeLike 'Azurite-Blob/*'
    }

    It 'is the same process for another session' {
        $own = Get-LzService blob -Instance $instance -WarningAction Ignore
        Invoke-FreshPwsh "(Start-LzService blob -Instance $instance -Port auto -Mode Host).ProcessId" | Should -Be $own.ProcessId
    }

    It 'is healthy and has a log' {
        (Get-LzServiceHealth blob -Instance $instance -WarningAction Ignore).Status | Should -Be 'Healthy'
        (Get-LzContainerLog blob -Instance $instance -WarningAction Ignore).Message -match 'successfully listens' | Should -HaveCount 1
    }

    It 'falls back to a host process with one warning when no engine answers' {
        $queue = Start-LzService queue -Instance $instance -Port auto -WarningVariable warnings -WarningAction SilentlyContinue
        $queue.Mode | Should -Be 'Host'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'localzure-no-engine'
        "$warnings" | Should -Match 'host process'
    }

    It 'ends with everything it had' {
        $id = (Get-LzService blob -Instance $instance -WarningAction Ignore).ProcessId
        Get-LzService -Instance $instance -WarningAction Ignore | Stop-LzService -RemoveData -Force -WarningAction Ignore
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-LzService -Instance $instance -All -WarningAction Ignore | Should -BeNullOrEmpty
    }
}
