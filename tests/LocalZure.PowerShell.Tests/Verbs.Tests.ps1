BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $modes = @(
        @{ Mode = 'Docker'; Obstacle = Get-DockerObstacle }
        @{ Mode = 'Host'; Obstacle = Get-HostObstacle }
    )
}

Describe 'Restart, reset, suspend, resume and wait in mode <Mode>' -ForEach $modes {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome -SharedTools
        $instance = New-InstanceName
    }

    BeforeEach {
        if ($Obstacle) {
            Set-ItResult -Skipped -Because $Obstacle
        }
    }

    AfterAll {
        Stop-LzService -All -Instance $instance -RemoveData -Force -ErrorAction Ignore
        Remove-DockerThing $instance
        Exit-TestHome
    }

    It 'waits for a service that another session starts' {
        $running = Start-InRunspace { param($instance) Wait-LzService blob -Instance $instance -Timeout 2m } -Argument $instance
        try {
            $blob = Start-LzService blob -Instance $instance -Port auto -Mode $Mode -NoDependency
            Wait-Until { $running.Handle.IsCompleted } 'the end of the wait'
            $running.Output.ContainerName | Should -Be $blob.ContainerName
            $running.Output.Health | Should -Be 'Healthy'
        }
        finally {
            Close-Runspace $running
        }
    }

    It 'restarts it in place' {
        $before = Get-LzService blob -Instance $instance
        $after = $before | Restart-LzService -Timeout 2m
        "$($after.State) $($after.Health) $($after.Ports[0].HostPort)" | Should -Be "Running Healthy $($before.Ports[0].HostPort)"
        $after.ContainerId | Should -Be $before.ContainerId
        $after.Timeline.ReadyMs | Should -BeGreaterThan 0
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-LzService blob -Instance $instance
        Restart-LzService blob -Instance $instance -WhatIf
        Reset-LzService blob -Instance $instance -WhatIf
        Reset-LzService blob -Instance $instance -Force -WhatIf
        Suspend-LzService blob -Instance $instance -WhatIf
        $after = Get-LzService blob -Instance $instance
        "$($after.State) $($after.ContainerId) $($after.ProcessId) $($after.StartedAt)" | Should -Be "$($before.State) $($before.ContainerId) $($before.ProcessId) $($before.StartedAt)"
    }

    It 'resets it, and asks first' {
        $before = Get-LzService blob -Instance $instance
        "$(Invoke-FreshPwsh "Reset-LzService blob -Instance $instance")" | Should -Match 'has to be asked, which this session cannot'
        (Get-LzService blob -Instance $instance).StartedAt | Should -Be $before.StartedAt
        $after = Reset-LzService blob -Instance $instance -Force
        "$($after.Health) $($after.Ports[0].HostPort)" | Should -Be "Healthy $($before.Ports[0].HostPort)"
        $after.StartedAt | Should -BeGreaterThan $before.StartedAt
    }

    It 'suspends and resumes it, once or twice' {
        Suspend-LzService 'b*' -Instance $instance | Should -BeNullOrEmpty
        (Suspend-LzService blob -Instance $instance -PassThru).State | Should -Be 'Paused'
        (Get-LzService blob -Instance $instance).State | Should -Be 'Paused'
        (Measure-Command { (Get-LzServiceHealth blob -Instance $instance).Status | Should -Be 'Unknown' }).TotalSeconds | Should -BeLessThan 3
        Wait-LzService blob -Instance $instance -Timeout 300ms -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'StartTimeout,LocalZure.PowerShell.Commands.WaitLzServiceCommand'
        $problems[0].ErrorDetails.Message | Should -Match 'its state is Paused'
        (Get-LzService blob -Instance $instance | Resume-LzService -PassThru | Wait-LzService).Health | Should -Be 'Healthy'
        (Resume-LzService blob -Instance $instance -PassThru).State | Should -Be 'Running'
    }

    It 'times out with StopTimeout while it runs' {
        Wait-LzService blob -Instance $instance -For Stopped -Timeout 300ms -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'StopTimeout,LocalZure.PowerShell.Commands.WaitLzServiceCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'stops a suspended one, restarts a stopped one, and suspends none that is stopped' {
        Suspend-LzService blob -Instance $instance
        Stop-LzService blob -Instance $instance -Keep
        (Wait-LzService blob -Instance $instance -For Stopped).State | Should -Be 'Stopped'
        Suspend-LzService blob -Instance $instance -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'ServiceNotRunning,LocalZure.PowerShell.Commands.SuspendLzServiceCommand'
        (Restart-LzService blob -Instance $instance).Health | Should -Be 'Healthy'
    }

    It 'says what it does not find' {
        foreach ($command in 'Restart', 'Reset', 'Suspend', 'Resume') {
            & "$command-LzService" queue -Instance $instance -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be "ServiceNotRunning,LocalZure.PowerShell.Commands.${command}LzServiceCommand"
            & "$command-LzService" 'q*' -Instance $instance -Confirm:$false -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
        }
        Wait-LzService nope -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'ServiceUnknown,LocalZure.PowerShell.Commands.WaitLzServiceCommand'
    }
}
