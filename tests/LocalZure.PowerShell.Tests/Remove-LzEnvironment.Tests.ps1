BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $modes = @(
        @{ Mode = 'Docker'; Obstacle = Get-DockerObstacle }
        @{ Mode = 'Host'; Obstacle = Get-HostObstacle }
    )
}

Describe 'Remove-LzEnvironment in mode <Mode>' -ForEach $modes {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome -SharedTools
        $instance, $other = (New-InstanceName), (New-InstanceName)
        if (-not $Obstacle) {
            $null = Start-LzService blob, queue -Instance $instance -Port auto -Mode $Mode
            $null = Start-LzService blob -Instance $other -Port auto -Mode $Mode
        }

        function Get-Rest([string] $Instance) {
            if ($Mode -eq 'Docker') {
                Get-DockerThing $Instance
            }
            (Get-ChildItem "$env:LOCALZURE_HOME/hosts/*-$Instance.json", "$env:LOCALZURE_HOME/ports/*-$Instance.json", "$env:LOCALZURE_HOME/data/*/$Instance" -ErrorAction Ignore).FullName
        }
    }

    BeforeEach {
        if ($Obstacle) {
            Set-ItResult -Skipped -Because $Obstacle
        }
    }

    AfterAll {
        if (-not $Obstacle) {
            Remove-LzEnvironment $instance, $other -Force -ErrorAction Ignore
        }
        Exit-TestHome
    }

    It 'lists with -WhatIf what would go, and removes nothing' {
        $text = Invoke-FreshPwsh "Remove-LzEnvironment $instance -WhatIf"
        "$text" | Should -Match "localzure-blob-$instance`: Running"
        "$text" | Should -Match "localzure-queue-$instance`: Running"
        if ($Mode -eq 'Docker') {
            "$text" | Should -Match "volume localzure-blob-$instance-data.*network localzure-$instance"
        }
        Get-LzService -Instance $instance | Should -HaveCount 2
    }

    It 'wants to be told which, and asks where it can' {
        { Remove-LzEnvironment } | Should -Throw -ErrorId 'ParameterInvalid*'
        { Remove-LzEnvironment $instance -All } | Should -Throw -ErrorId 'ParameterInvalid*'
        "$(Invoke-FreshPwsh "Remove-LzEnvironment $instance")" | Should -Match 'Use -Force'
        Get-LzService -Instance $instance | Should -HaveCount 2
    }

    It 'leaves young ones alone with -OlderThan' {
        Remove-LzEnvironment $instance -OlderThan 1h -Force
        Get-LzService -Instance $instance | Should -HaveCount 2
    }

    It 'removes it whole and leaves others alone' {
        Get-Rest $instance | Should -Not -BeNullOrEmpty
        $removed = Get-LzEnvironment $instance | Remove-LzEnvironment -Force -PassThru
        $removed.Name | Should -Be $instance
        Get-Rest $instance | Should -BeNullOrEmpty
        Get-LzEnvironment $instance -ErrorAction Ignore | Should -BeNullOrEmpty
        (Get-LzService blob -Instance $other).State | Should -Be 'Running'
    }
}
