BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Ctrl+C' -Tag Docker {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome
        $env:DOCKER_HOST = $savedEnvironment.DOCKER_HOST
        $obstacle = Get-DockerObstacle
        $instance = New-InstanceName
        $sleeper = "localzure-test/sleeper:$instance"
        if (-not $obstacle) {
            # Runs, but never answers: a start waits for it until its time-out.
            "FROM $(Get-CatalogImage)`nENTRYPOINT [`"/bin/sh`", `"-c`", `"trap 'exit 0' TERM; echo up; sleep 600 & wait`"]" | docker build -q -t $sleeper - 2>&1 | Out-Null
        }
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $running = $null
    }

    AfterEach {
        if ($running) {
            Close-Runspace $running
        }
        Remove-DockerThing $instance
    }

    AfterAll {
        if (-not $obstacle) {
            $null = docker rmi -f $sleeper 2>&1
        }
        Exit-TestHome
    }

    It 'ends a start that waits, and leaves nothing of it' {
        $running = Start-InRunspace {
            param($instance, $image)
            Start-LzService blob -Instance $instance -Image $image -Port auto -Mode Docker -Timeout 10m
        } -Argument $instance, $sleeper
        Wait-Until { docker ps -q --filter "label=localzure.instance=$instance" } 'the container of the start'

        (Stop-InRunspace $running).TotalSeconds | Should -BeLessThan 15
        $running.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $running.Output | Should -BeNullOrEmpty
        $running.Shell.Streams.Error | Should -BeNullOrEmpty
        Get-DockerThing $instance | Where-Object { $_ -notlike 'volume *' } | Should -BeNullOrEmpty
    }

    It 'ends a log that is followed, at once' {
        $null = Start-LzService blob -Instance $instance -Image $sleeper -Port auto -Mode Docker -NoWait
        $running = Start-InRunspace { param($instance) Get-LzContainerLog blob -Instance $instance -Follow -Raw } -Argument $instance
        Wait-Until { $running.Output.Count -gt 0 } 'the first line of the log'

        (Stop-InRunspace $running).TotalSeconds | Should -BeLessThan 3
        $running.Output | Should -Be 'up'
        $running.Shell.Streams.Error | Should -BeNullOrEmpty
    }

    It 'ends a watch of health, at once' {
        $null = Start-LzService blob -Instance $instance -Image $sleeper -Port auto -Mode Docker -NoWait
        $running = Start-InRunspace { param($instance) Get-LzServiceHealth blob -Instance $instance -Watch -Interval 1h } -Argument $instance
        Wait-Until { $running.Output.Count -gt 0 } 'the first health'

        (Stop-InRunspace $running).TotalSeconds | Should -BeLessThan 3
        $running.Shell.Streams.Error | Should -BeNullOrEmpty
    }

    It 'leaves the module usable in the other runspaces' {
        $running = Start-InRunspace { Get-LzServiceHealth -Watch -Interval 1h; 'went on' }
        $null = Stop-InRunspace $running
        Close-Runspace $running
        $running = $null
        (Get-LzService blob -Available).Name | Should -Be 'blob'
        Get-LzService -Instance $instance | Should -BeNullOrEmpty
    }
}

Describe 'A start that fails' -Tag Docker {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome
        $env:DOCKER_HOST = $savedEnvironment.DOCKER_HOST
        $obstacle = Get-DockerObstacle
        $instance = New-InstanceName
        $quitter = "localzure-test/quitter:$instance"
        if (-not $obstacle) {
            "FROM $(Get-CatalogImage)`nENTRYPOINT [`"/bin/sh`", `"-c`", `"echo the disk is on fire; exit 3`"]" | docker build -q -t $quitter - 2>&1 | Out-Null
        }
    }

    AfterAll {
        Remove-DockerThing $instance
        if (-not $obstacle) {
            $null = docker rmi -f $quitter 2>&1
        }
        Exit-TestHome
    }

    It 'says how the container ended, with its last lines, and removes it' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        Start-LzService blob -Instance $instance -Image $quitter -Port auto -Mode Docker -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'ContainerExited,LocalZure.PowerShell.Commands.StartLzServiceCommand'
        $problems[0].Exception.ExitCode | Should -Be 3
        $problems[0].ErrorDetails.Message | Should -Match '(?m)^  \| .*the disk is on fire'
        Get-DockerThing $instance | Where-Object { $_ -notlike 'volume *' } | Should -BeNullOrEmpty
        Get-LzContainerLog blob -Instance $instance -Raw | Should -Be 'the disk is on fire'
        Get-LzContainerLog blob -Instance $instance -Follow -Raw | Should -Be 'the disk is on fire'
    }

    It 'leaves the container with -KeepOnFailure' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        Start-LzService blob -Instance $instance -Image $quitter -Port auto -Mode Docker -KeepOnFailure -ErrorAction SilentlyContinue
        (Get-LzService blob -Instance $instance -All).ExitCode | Should -Be 3
        Get-LzContainerLog blob -Instance $instance -Raw | Should -Be 'the disk is on fire'
        Stop-LzService blob -Instance $instance -RemoveData -Force
        Get-DockerThing $instance | Should -BeNullOrEmpty
    }
}
