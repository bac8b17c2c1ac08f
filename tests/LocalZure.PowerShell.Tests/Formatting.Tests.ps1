BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    # Real output types, without a daemon: made through the engine's own constructors.
    $engine = (Get-LzService -Available)[0].GetType().Assembly

    function New-EngineObject([string] $Type, [Collections.IDictionary] $Property) {
        $class = $engine.GetType("LocalZure.$Type")
        $object = [Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($class)
        foreach ($name in $Property.Keys) {
            $target = $class.GetProperty($name)
            $target.SetValue($object, [Management.Automation.LanguagePrimitives]::ConvertTo($Property[$name], $target.PropertyType))
        }
        $object
    }

    function New-Dictionary([Collections.IDictionary] $Table) {
        $dictionary = [Collections.Generic.Dictionary[string, string]]::new()
        $Table.GetEnumerator() | ForEach-Object { $dictionary.Add($_.Key, $_.Value) }
        , $dictionary
    }

    function New-Service([Collections.IDictionary] $Property = @{}) {
        $defaults = @{
            Name = 'blob'; ContainerName = 'localzure-blob'; Mode = 'Docker'; State = 'Running'; Health = 'Healthy'
            Endpoints = New-Dictionary @{ blob = 'http://127.0.0.1:10000/devstoreaccount1' }
            ConnectionStrings = New-Dictionary @{}
        }
        foreach ($name in $Property.Keys) {
            $defaults[$name] = $Property[$name]
        }
        New-EngineObject Service $defaults
    }

    function Get-Text([int] $Width = 120) {
        process { $objects += , $_ }
        begin { $objects = @() }
        end { ($objects | Out-String -Width $Width) -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ } }
    }

    $savedRendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $savedRendering
}

Describe 'LocalZure.Service' {
    It 'is a table with its endpoint' {
        (New-Service), (New-Service @{ Name = 'queue'; Instance = 'pr42'; State = 'Failed'; Health = 'Unhealthy' }) | Get-Text | Should -Be @(
            'Name  Instance Mode   State   Health    Endpoint'
            '----  -------- ----   -----   ------    --------'
            'blob           Docker Running Healthy   http://127.0.0.1:10000/devstoreaccount1'
            'queue pr42     Docker Failed  Unhealthy http://127.0.0.1:10000/devstoreaccount1')
    }

    It 'is a list with everything that is known' {
        $timeline = New-EngineObject StartTimeline @{ CreatedMs = 40.0; StartedMs = 210.0; FirstByteMs = 900.0; ReadyMs = 2910.0 }
        $list = New-Service @{ ConnectionString = 'UseDevelopmentStorage=true'; ExitCode = 3; Timeline = $timeline } | Format-List | Get-Text
        $list -match '^ConnectionString +: UseDevelopmentStorage=true$' | Should -HaveCount 1
        $list -match '^Endpoints +: blob = http://127.0.0.1:10000/devstoreaccount1$' | Should -HaveCount 1
        $list -match '^ExitCode +: 3$' | Should -HaveCount 1
        $list -match '^Timeline +: created after 40 ms, started after 210 ms, first byte after 900 ms, ready after 2.9 s$' | Should -HaveCount 1
        $list -match '^(Instance|LastError|ProcessId)' | Should -BeNullOrEmpty
    }

    It 'has its first endpoint as a property' {
        (New-Service).Endpoint | Should -Be 'http://127.0.0.1:10000/devstoreaccount1'
    }

    It 'has no endpoint where none is published' {
        (New-Service @{ Endpoints = New-Dictionary @{} }).Endpoint | Should -BeNullOrEmpty
    }

    It 'is coloured only when PowerShell renders colours' {
        $PSStyle.OutputRendering = 'Ansi'
        try {
            New-Service | Out-String | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Green)Healthy$($PSStyle.Reset)"))
        }
        finally {
            $PSStyle.OutputRendering = 'PlainText'
        }
        New-Service | Out-String | Should -Not -Match "`e"
    }
}

Describe 'LocalZure.ServiceDefinition' {
    It 'is a table' {
        Get-LzService blob -Available | Get-Text | Should -Be @(
            'Name Ports      Modes        Description'
            '---- -----      -----        -----------'
            'blob blob 10000 Docker, Host Azure Blob Storage (Azurite)')
    }

    It 'is a list with the image' {
        Get-LzService blob -Available | Format-List | Get-Text | Should -Contain "Image       : $(Get-CatalogImage)"
    }
}

Describe 'LocalZure.LogEntry' {
    BeforeAll {
        function New-Entry([string] $Stream, [string] $Message, [string] $Instance = [NullString]::Value) {
            $constructor = $engine.GetType('LocalZure.LogEntry').GetConstructors()[0]
            $constructor.Invoke(@([DateTimeOffset]::Parse('2026-08-01T12:30:15.123'), 'blob', $Instance, 'localzure-blob', $Stream, $Message))
        }
    }

    It 'is one line of time, service and message' {
        (New-Entry stdout 'listening'), (New-Entry stderr 'oops' 'pr42') | Get-Text | Should -Be '12:30:15.123 blob | listening', '12:30:15.123 blob-pr42 | oops'
    }

    It 'is a table of what a line has' {
        (New-Entry stdout 'listening' | Format-Table | Get-Text)[0] | Should -Match '^Timestamp +Service +Instance +Stream +Message$'
    }

    It 'is sorted by its time' {
        $constructor = $engine.GetType('LocalZure.LogEntry').GetConstructors()[0]
        $entries = 3, 1, 2 | ForEach-Object { $constructor.Invoke(@([DateTimeOffset]::UnixEpoch.AddSeconds($_), 'blob', $null, 'localzure-blob', 'stdout', "line $(9 - $_)")) }
        ($entries | Sort-Object).Message | Should -Be 'line 8', 'line 7', 'line 6'
    }

    It 'loses nothing of a long line' {
        $message = 'x' * 500
        (New-Entry stdout $message | Get-Text -Width 80) -join '' -replace '\s' | Should -BeLike "*$message"
    }
}

Describe 'LocalZure.ServiceHealth' {
    BeforeAll {
        $probe = $engine.GetType('LocalZure.ProbeResult').GetConstructors()[0].Invoke(@('http', 'http://127.0.0.1:1/', [Enum]::Parse($engine.GetType('LocalZure.ServiceHealthStatus'), 'Unhealthy'), [timespan]::FromMilliseconds(4.2), 'connection refused'))
        $details = [Array]::CreateInstance($probe.GetType(), 1)
        $details[0] = $probe
        $container = $engine.GetType('LocalZure.ContainerHealth').GetConstructors()[0].Invoke(@('running', $true, $null, $null, $null, 2, $false))
        $health = New-EngineObject ServiceHealth @{ Service = 'blob'; Status = 'Unhealthy'; Details = $details; Container = $container; Uptime = [timespan]::FromSeconds(185); CheckedAt = [DateTimeOffset]::Parse('2026-08-01T12:30:15.123') }
    }

    It 'is a table with the problem' {
        ($health | Get-Text -Width 200)[2] | Should -Match '^12:30:15 blob +Unhealthy +4\.2 ms +3 min 5 s +http http://127\.0\.0\.1:1/: connection refused$'
    }

    It 'leaves room for the problem in a narrow window' {
        ($health | Get-Text -Width 80)[0] | Should -Match 'Problem *$'
    }

    It 'is a list with probes and container' {
        $list = $health | Format-List | Get-Text
        $list | Should -Contain 'Details   : http http://127.0.0.1:1/: Unhealthy, connection refused (4.2 ms)'
        $list | Should -Contain 'Container : running, restarted 2 times'
    }

    It 'counts the looks of its history in the order of the statuses' {
        $points = [Array]::CreateInstance($engine.GetType('LocalZure.HealthPoint'), 3)
        0..2 | ForEach-Object { $points[$_] = New-EngineObject HealthPoint @{ Status = ('Starting', 'Healthy', 'Starting')[$_]; Time = [DateTimeOffset]::Parse('2026-08-01T12:30:15.123') } }
        New-EngineObject ServiceHealth @{ Service = 'blob'; History = $points } | Format-List | Get-Text |
            Should -Contain 'History   : 3 looks since 12:30:15.123: 1 Healthy, 2 Starting'
    }

    It 'has probes that are tables' {
        ($probe | Get-Text)[2] | Should -Match '^http +Unhealthy +4\.2 ms http://127\.0\.0\.1:1/ +connection refused$'
    }
}

Describe 'LocalZure.Orphan and LocalZure.EnvironmentVariable' {
    It 'are tables' {
        $orphan = $engine.GetType('LocalZure.Orphan').GetConstructors()[0].Invoke(@('Container', 'localzure-blob', 'abc', 'blob', $null, 'its start died', $null, $true))
        ($orphan | Format-List | Get-Text) -replace ' *:.*' | Should -Be 'Kind', 'Name', 'Removed', 'CreatedAt', 'Reason'
        ($orphan | Get-Text)[2] | Should -Match '^Container +localzure-blob +True +its start died$'
        $variable = $engine.GetType('LocalZure.EnvironmentVariable').GetConstructors()[0].Invoke(@('AzureWebJobsStorage', 'UseDevelopmentStorage=true', 'blob', $null))
        ($variable | Get-Text)[2] | Should -Be 'AzureWebJobsStorage UseDevelopmentStorage=true'
    }
}

Describe 'The colours of <Type>.<Property>' -ForEach @(
    @{ Type = 'CheckResult'; Property = 'Status'; Colours = @{ Passed = 'Green'; Warning = 'Yellow'; Failed = 'Red' } }
    @{ Type = 'ErrorEntry'; Property = 'Severity'; Colours = @{ Low = ''; Medium = 'Yellow'; High = 'Red'; Critical = 'BrightRed' } }
    @{ Type = 'Alert'; Property = 'Severity'; Colours = @{ Low = ''; Medium = 'Yellow'; High = 'Red'; Critical = 'Red' } }
    @{ Type = 'Event'; Property = 'Type'; Colours = @{ Ready = 'Green'; Died = 'Red'; Paused = 'Yellow'; Created = '' } }
) {
    It 'are those of what it says' {
        $PSStyle.OutputRendering = 'Ansi'
        try {
            foreach ($word in $Colours.Keys) {
                $shown = New-EngineObject $Type @{ $Property = $word } | Format-Table | Out-String -Width 300
                $colour = $Colours[$word]
                $expected = $colour ? "$($PSStyle.Foreground.$colour)$word$($PSStyle.Reset)" : " $word "
                " $shown" | Should -Match ([regex]::Escape($expected))
                if (-not $colour) {
                    ($shown -split '\r?\n' | Where-Object { $_ -match $word }) | Should -Not -Match "`e\[\d+m$word"
                }
            }
        }
        finally {
            $PSStyle.OutputRendering = 'PlainText'
        }
    }
}

Describe 'The format file' {
    It 'has all its views in the module, where it is without white space' {
        $source = [xml] (Get-Content "$PSScriptRoot/../../module/LocalZure.Format.ps1xml" -Raw)
        $built = [xml] (Get-Content "$moduleRoot/LocalZure.Format.ps1xml" -Raw)
        $built.OuterXml | Should -BeExactly $source.OuterXml
        foreach ($type in $source.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName | Sort-Object -Unique) {
            (Get-FormatData $type -PowerShellVersion 7.4).TypeNames | Should -Contain $type
        }
    }
}
