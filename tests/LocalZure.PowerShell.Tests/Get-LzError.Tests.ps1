BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $env:DOCKER_HOST = Get-DeadEndpoint
    foreach ($name in 'blob', 'queue') {
        try { Start-LzService $name -Mode Docker -Instance e1 } catch { }
    }
    try { Start-LzService nosuch } catch { $unknown = $_ }
}

AfterAll {
    Exit-TestHome
}

Describe 'Get-LzError' {
    It 'tells what failed, in the words of the error itself' {
        $last = Get-LzError -Last 1
        $last.ErrorId | Should -Be 'ServiceUnknown'
        $last.Message | Should -Be $unknown.Exception.Message
        $last.Remedy | Should -Be $unknown.ErrorDetails.RecommendedAction
        $last.Operation | Should -Be 'Start'
        $last.ProcessId | Should -Be $PID
        $last.PSTypeNames[0] | Should -Be 'LocalZure.ErrorEntry'
    }

    It 'filters by service, instance, severity, category and time' {
        (Get-LzError blob).Service | Should -Be 'blob'
        (Get-LzError q* -Instance e1).Service | Should -Be 'queue'
        Get-LzError blob -Instance other | Should -BeNullOrEmpty
        (Get-LzError -Severity Critical).Count | Should -Be 2
        (Get-LzError -Category Configuration).ErrorId | Should -Be 'ServiceUnknown'
        (Get-LzError -Since 1h).Count | Should -Be 3
        Get-LzError -Since ([datetime]::Now.AddHours(1)) | Should -BeNullOrEmpty
        ('blob', 'queue' | Get-LzError).Count | Should -Be 2
    }

    It 'puts failures of one cause together' {
        $group = Get-LzError -Group | Where-Object ErrorId -EQ DockerUnavailable
        $group.Count | Should -Be 2
        $group.Services | Should -Be 'blob (instance e1)', 'queue (instance e1)'
        $group.Entries.Count | Should -Be 2
    }

    It 'shows a short table and a full list' {
        $PSStyle.OutputRendering = 'PlainText'
        $table = Get-LzError -Last 1 | Format-Table | Out-String -Width 200
        $table | Should -Match 'Time\s+Severity\s+ErrorId\s+Service\s+Message'
        $table | Should -Match 'Medium\s+ServiceUnknown'
        Get-LzError -Last 1 | Format-List | Out-String | Should -Match '(?s)Remedy\s+: .*ProcessId'
        Get-LzError -Group | Out-String -Width 200 | Should -Match 'Count\s+Severity\s+ErrorId\s+Services\s+Message'
    }

    It 'sees what other processes have met' {
        Invoke-FreshPwsh 'try { Start-LzService fromanother } catch { }' | Out-Null
        (Get-LzError -Last 1).Message | Should -Match 'fromanother'
    }

    It 'keeps nothing of a call that succeeds' {
        $before = (Get-LzError).Count
        Get-LzService -Available | Out-Null
        Get-LzService -WarningAction Ignore | Out-Null
        (Get-LzError).Count | Should -Be $before
    }
}

Describe 'Clear-LzError' {
    It 'asks through ShouldProcess, and empties the journal' {
        Clear-LzError -WhatIf
        Get-LzError | Should -Not -BeNullOrEmpty
        Clear-LzError
        Get-LzError | Should -BeNullOrEmpty
    }
}
