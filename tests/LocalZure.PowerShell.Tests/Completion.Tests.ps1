BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $named = 'Start-LzService', 'Stop-LzService', 'Get-LzService', 'Get-LzServiceHealth', 'Get-LzContainerLog', 'Get-LzConnectionString', 'Export-LzEnvironment'
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

    It 'offers those of host processes and of starts in flight' {
        try {
            $null = New-Item -ItemType Directory "$env:LOCALZURE_HOME/hosts", "$env:LOCALZURE_HOME/operations"
            @{ service = 'blob'; instance = 'onhost'; containerName = 'localzure-blob-onhost'; program = 'azurite@3.35.0'; logDirectory = "$env:LOCALZURE_HOME/logs"; commandLine = @(); ports = @(); volumes = @()
                configHash = '0'; stopSignal = 'SIGTERM'; owner = 'o'; operation = '0'; version = '0.1.0' } |
                ConvertTo-Json | Set-Content "$env:LOCALZURE_HOME/hosts/localzure-blob-onhost.json"
            @{ id = '1'; owner = 'o'; service = 'blob'; instance = 'inflight'; startedAt = '2026-01-01T00:00:00Z' } |
                ConvertTo-Json | Set-Content "$env:LOCALZURE_HOME/operations/1.json"
            $env:LOCALZURE_INSTANCE = 'onhost'
            (Get-Completion 'Stop-LzService blob -Instance ').CompletionText | Should -Be 'onhost', 'inflight'
            (Get-Completion 'Stop-LzService blob -Instance "inf').CompletionText | Should -Be 'inflight'
            $fastest = 1..5 | ForEach-Object { (Measure-Command { Get-Completion 'Stop-LzService blob -Instance ' }).TotalMilliseconds } | Sort-Object | Select-Object -First 1
            $fastest | Should -BeLessThan 20

            Set-Content "$env:LOCALZURE_HOME/operations/1.json" 'no json'
            (Get-Completion 'Stop-LzService blob -Instance ').CompletionText | Should -Be 'onhost'
        }
        finally {
            Remove-Item $env:LOCALZURE_HOME -Recurse -Force
        }
    }
}

Describe 'Completion of <Line>' -ForEach @(
    @{ Line = 'Start-LzService blob -Port '; Offers = '@{ blob = 10000 }', '10000', 'auto' }
    @{ Line = 'Start-LzService storage -Port '; Offers = '@{ blob = 10000; queue = 10001; table = 10002 }', 'auto' }
    @{ Line = 'Start-LzService dashboard -Port '; Offers = "@{ ui = 18888; 'otlp-grpc' = 4317; 'otlp-http' = 4318 }", 'auto' }
    @{ Line = 'Start-LzService -Name blob, queue -Port '; Offers = '@{ blob = 10000; queue = 10001 }', 'auto' }
    @{ Line = 'Start-LzService -Port '; Offers = 'auto' }
    @{ Line = 'Start-LzService blob -Port 1'; Offers = '10000' }
    @{ Line = 'Start-LzService blob -Timeout '; Offers = '10s', '30s', '1m', '2m', '5m' }
    @{ Line = 'Start-LzService blob -TimeToLive 1'; Offers = '10m', '1h', '1d' }
    @{ Line = 'Start-LzService blob -Memory '; Offers = '256m', '512m', '1g', '2g' }
    @{ Line = 'Start-LzService blob -Cpus '; Offers = '0.5', '1', '2' }
    @{ Line = 'Start-LzService blob -Environment '; Offers = "@{ NAME = 'value' }" }
    @{ Line = 'Start-LzService blob -Volume '; Offers = "@{ './data' = '/data' }", "@{ cache = '/var/cache' }" }
    @{ Line = 'Stop-LzService blob -Timeout '; Offers = '10s', '30s', '1m', '2m', '5m' }
    @{ Line = 'Get-LzContainerLog -Since '; Offers = '30s', '5m', '1h', '1d' }
    @{ Line = 'Get-LzContainerLog -Until '; Offers = '30s', '5m', '1h', '1d' }
    @{ Line = 'Get-LzContainerLog -Stream '; Offers = 'Stderr', 'Stdout' }
    @{ Line = 'Get-LzContainerLog -Tail '; Offers = '0', '10', '20', '100' }
    @{ Line = 'Get-LzServiceHealth -Watch -Interval 5'; Offers = '500ms', '5s' }
    @{ Line = 'Remove-LzOrphan -OlderThan '; Offers = '10m', '1h', '1d', '7d' }
) {
    It 'offers values, never files' {
        (Get-Completion $Line).CompletionText | Should -Be $Offers
        New-Item 'TestDrive:/zzz.txt' -ItemType File -Force | Out-Null
        Push-Location TestDrive:/
        try {
            Get-Completion ($Line -replace ' \S*$', ' zz') | Should -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }
    }

    It 'offers values that the parameter takes' {
        foreach ($offer in $Offers -notmatch '^@') {
            $parameter = [regex]::Matches($Line, '-(\w+) ')[-1].Groups[1].Value
            $kind = (Get-Command ($Line -split ' ')[0]).Parameters[$parameter].ParameterType
            if ($kind.Name -in 'Duration', 'Moment', 'Size') {
                # As PowerShell reads it on the command line: 30s is a number there.
                $value = & ([scriptblock]::Create("param(`$kind) & { param(`$given) `$kind::new(`$given).Read('x') } $offer")) $kind
                $value | Should -Not -BeNullOrEmpty
            }
        }
    }
}

Describe 'Completion of -Image' {
    It 'offers the pinned image of the named service, else of all' {
        (Get-Completion 'Start-LzService blob -Image ').CompletionText | Should -Be (Get-CatalogImage blob)
        (Get-Completion 'Start-LzService -Image ').CompletionText | Should -Be @((Get-LzService -Available).Image | Select-Object -Unique)
        Get-Completion 'Start-LzService blob -Image zz' | Should -BeNullOrEmpty
    }
}

Describe 'A parameter with a value' {
    It 'has a completer: <Command> -<Parameter>' -ForEach @(
        foreach ($command in (Get-Module LocalZure).ExportedCmdlets.Values) {
            $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
            $command.Parameters.Values | Where-Object { -not $_.SwitchParameter -and $_.Name -notin $common } |
                ForEach-Object { @{ Command = $command.Name; Parameter = $_.Name; Attributes = $_.Attributes; Type = $_.ParameterType.GetElementType() ?? $_.ParameterType } }
        }) {
        # PowerShell itself completes the words of an enumeration.
        $Type.IsEnum -or $Attributes.Where({ $_ -is [ArgumentCompleter] -or $_ -is [ValidateSet] }) | Should -BeTrue
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
