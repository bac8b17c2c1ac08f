BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
}

Describe 'A duration without quotes' {
    It 'takes <Text> for <Expected>' -ForEach @(
        @{ Text = '30s'; Value = 30s; Expected = '00:00:30' }
        @{ Text = '2d'; Value = 2d; Expected = '2.00:00:00' }
        @{ Text = '30'; Value = 30; Expected = '00:00:30' }
        @{ Text = '1.5'; Value = 1.5; Expected = '00:00:01.5000000' }
        @{ Text = '1h30m'; Value = '1h30m'; Expected = '01:30:00' }
    ) {
        $transformation = [LocalZure.PowerShell.Binding.DurationTransformationAttribute]::new()

        "$($transformation.Transform($null, $Value))" | Should -Be $Expected
    }
}

Describe 'A moment' {
    BeforeAll {
        Enter-TestHome
        $env:DOCKER_HOST = Get-DeadEndpoint
    }

    AfterAll {
        Exit-TestHome
    }

    It 'that is none is refused in one sentence' {
        $failure = { Get-LzContainerLog blob -Since nonsense } | Should -Throw -ErrorId 'ParameterInvalid,LocalZure.PowerShell.Commands.GetLzContainerLogCommand' -PassThru
        $failure.Exception.Message | Should -Be "-Since: 'nonsense' is neither a date nor a duration."
        $failure.ErrorDetails.RecommendedAction | Should -Match '12:30'
    }

    It 'is a date, a time of today or a while ago' {
        $read = { param($given) [LocalZure.PowerShell.Binding.Moment]::new($given).Read('Since') }
        (& $read '2026-03-01').DateTime | Should -Be ([datetime] '2026-03-01')
        (& $read '12:30').DateTime | Should -Be ([datetime]::Today.AddHours(12.5))
        $ago = & $read '10m'
        ([DateTimeOffset]::Now - $ago).TotalSeconds | Should -BeGreaterOrEqual 600
        ([DateTimeOffset]::Now - $ago).TotalSeconds | Should -BeLessThan 660
    }
}

Describe 'A bad duration of <_>' -ForEach 'Stop-LzService -All -Timeout', 'Get-LzServiceHealth -Watch -Interval', 'Remove-LzOrphan -OlderThan' {
    It 'is ParameterInvalid with a remedy' {
        foreach ($value in 'abc', '$null') {
            $failure = { Invoke-Expression "$_ $value" } | Should -Throw -ErrorId 'ParameterInvalid,*' -PassThru
            $failure.Exception.Message | Should -Match '^-\w+: .* is not a duration\.$'
            $failure.ErrorDetails.RecommendedAction | Should -Match '1h30m'
        }
    }
}
