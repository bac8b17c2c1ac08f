BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $modes = @(
        @{ Mode = 'Docker'; Obstacle = Get-DockerObstacle }
        @{ Mode = 'Host'; Obstacle = Get-HostObstacle }
    )
}

Describe 'Get-LzEnvironment in mode <Mode>' -ForEach $modes {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome -SharedTools
        $instance = New-InstanceName
        if (-not $Obstacle) {
            $null = Start-LzService blob, queue -Instance $instance -Port auto -Mode $Mode
        }
    }

    BeforeEach {
        if ($Obstacle) {
            Set-ItResult -Skipped -Because $Obstacle
        }
    }

    AfterAll {
        if (-not $Obstacle) {
            Remove-LzEnvironment $instance -Force -ErrorAction Ignore
        }
        Exit-TestHome
    }

    It 'shows services, network, volumes and age' {
        $found = Get-LzEnvironment $instance
        $found | Should -HaveCount 1
        $found.PSObject.TypeNames[0] | Should -Be 'LocalZure.Environment'
        $found.Name | Should -Be $instance
        $found.Services | ForEach-Object { "$($_.Name) $($_.State)" } | Should -Be 'blob Running', 'queue Running'
        "$($found.Modes)" | Should -Be $Mode
        $found.ConnectionStrings.Count | Should -BeGreaterThan 0
        $found.Network | Should -Be ($Mode -eq 'Docker' ? "localzure-$instance" : $null)
        @($found.Volumes).Count | Should -Be ($Mode -eq 'Docker' ? 2 : 0)
        ([DateTimeOffset]::Now - $found.CreatedAt).TotalMinutes | Should -BeLessThan 10
        "$($found.IsEphemeral) $($found.Users)" | Should -Be 'False 0'
    }

    It 'shows the same in another process, by wildcard and in tables' {
        $text = Invoke-FreshPwsh "Get-LzEnvironment $($instance.Substring(0, 8))* | Out-String -Width 200"
        "$text" | Should -Match "$instance\s+blob \(Running\), queue \(Running\)\s+$Mode"
        (Get-LzEnvironment).Name | Should -Contain $instance
        (Get-LzEnvironment $instance | Format-List | Out-String) | Should -Match 'IsEphemeral\s+: False'
    }

    It 'shows what is left of stopped ones' {
        Stop-LzService queue -Instance $instance
        (Get-LzEnvironment $instance).Services | ForEach-Object { "$($_.Name) $($_.State)" } | Should -Be 'blob Running', 'queue NotCreated'
    }

    It 'says that one is not there' {
        { Get-LzEnvironment nosuch-environment -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentUnknown*'
        Get-LzEnvironment nosuch* | Should -BeNullOrEmpty
    }
}

Describe 'Completion of Get-LzEnvironment -Name' {
    It 'offers environments in use, without an engine, in milliseconds' {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome
        $env:DOCKER_HOST = Get-DeadEndpoint
        try {
            $null = New-Item -ItemType Directory "$env:LOCALZURE_HOME/environments/inuse"
            $line = 'Get-LzEnvironment in'
            (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be 'inuse'
            $fastest = 1..5 | ForEach-Object { (Measure-Command { TabExpansion2 $line -cursorColumn $line.Length }).TotalMilliseconds } | Sort-Object | Select-Object -First 1
            $fastest | Should -BeLessThan 20
        }
        finally {
            Exit-TestHome
        }
    }
}
