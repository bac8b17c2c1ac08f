BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $named = 'Start-LzService', 'Stop-LzService', 'Get-LzService', 'Get-LzServiceHealth', 'Get-LzContainerLog', 'Get-LzConnectionString'
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    # Completion must not need an engine.
    $env:DOCKER_HOST = Get-DeadEndpoint

    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

AfterAll {
    Exit-TestHome
}

Describe 'Completion of <_> -Name' -ForEach $named {
    It 'offers the whole catalog, with descriptions' {
        $catalog = Get-LzService -Available
        $offered = Get-Completion "$_ "
        $offered.CompletionText | Should -Be $catalog.Name
        $offered.ToolTip | Should -Be $catalog.Description
    }

    It 'offers what begins with the word, quoted or not' {
        (Get-Completion "$_ -Name b").CompletionText | Should -Be 'blob'
        (Get-Completion "$_ -Name 'B").CompletionText | Should -Be 'blob'
        (Get-Completion "$_ blob, qu").CompletionText | Should -Be 'queue'
    }

    It 'offers nothing, and no files either, for an unknown word' {
        New-Item "TestDrive:/zzz.txt" -ItemType File -Force | Out-Null
        Push-Location TestDrive:/
        try {
            Get-Completion "$_ zz" | Should -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Completion of -Instance' {
    AfterEach {
        Remove-Item env:LOCALZURE_INSTANCE -ErrorAction Ignore
    }

    It 'offers the instance of LOCALZURE_INSTANCE' {
        $env:LOCALZURE_INSTANCE = 'pr42'
        (Get-Completion 'Stop-LzService blob -Instance p').CompletionText | Should -Be 'pr42'
    }

    It 'offers nothing without it' {
        Get-Completion 'Stop-LzService blob -Instance ' | Should -BeNullOrEmpty
    }
}

Describe 'Completion of -Mode' {
    It 'offers the modes' {
        (Get-Completion 'Start-LzService blob -Mode ').CompletionText | Should -Be 'Auto', 'Docker', 'Host'
    }
}

Describe 'The completer for -Name' {
    It 'answers in under 20 ms once it has run' {
        $null = Get-Completion 'Start-LzService b'
        $fastest = 1..5 | ForEach-Object { (Measure-Command { Get-Completion 'Start-LzService b' }).TotalMilliseconds } | Sort-Object | Select-Object -First 1
        $fastest | Should -BeLessThan 20
    }
}
