BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $noDocker = Get-DockerObstacle
    if (-not $noDocker) {
        $null = docker image inspect localzure-test/busybox:1 2>&1
        $noDocker = $LASTEXITCODE -ne 0 ? 'the image localzure-test/busybox:1 is not on this engine' : $null
    }
}

Describe 'What services use, what happens to them and what they need' -Tag Docker -Skip:([bool] $noDocker) {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        # What a pipeline that still runs has written so far: its collection cannot be enumerated without waiting for its end.
        function Get-Told($Running) {
            @(for ($i = 0; $i -lt $Running.Output.Count; $i++) { $Running.Output[$i] })
        }

        Enter-TestHome
        $env:DOCKER_HOST = $savedEnvironment.DOCKER_HOST
        $instance = New-InstanceName
        $began = Get-Date
        $folder = New-Item -ItemType Directory -Path 'TestDrive:/shop'
        Set-Content "$folder/localzure.yml" @"
project: shop
defaults: { instance: $instance }
services:
  busy:
    image: localzure-test/busybox:1
    command: [sh, -c, 'echo up; trap "exit 0" TERM; while :; do :; done']
    depends_on: [calm]
    ready: [ { log: up } ]
    host: { command: [node, -e, 'console.log("up"); for (;;) {}'] }
  calm:
    image: localzure-test/busybox:1
    command: [sh, -c, 'echo up; trap "exit 7" TERM; while :; do echo up; sleep 0.1; done']
    ready: [ { log: up } ]
"@
        Push-Location $folder
        $null = Start-LzService -Mode Docker -ErrorAction Stop
    }

    AfterAll {
        Pop-Location
        Remove-DockerThing $instance
        Exit-TestHome
    }

    Context 'Get-LzContainerStat' {
        It 'measures all services that run' {
            $stats = Get-LzContainerStat -Instance $instance
            $stats.Service | Should -Be 'busy', 'calm'
            $stats[0].PSTypeNames | Should -Contain 'LocalZure.ContainerStat'
            $stats[0].CpuPercent | Should -BeGreaterThan 5
            $stats[1].CpuPercent | Should -BeLessThan $stats[0].CpuPercent
            $stats[0].MemoryUsage | Should -BeGreaterThan 4096
            $stats[0].MemoryLimit | Should -BeGreaterThan $stats[0].MemoryUsage
            $stats[0].ProcessCount | Should -BeGreaterOrEqual 1
            $stats[0].NetworkReceived | Should -Not -BeNullOrEmpty
        }

        It 'follows at its interval, and ends with the pipeline' {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $stats = Get-LzContainerStat busy -Instance $instance -Follow -Interval 300ms | Select-Object -First 3
            $stats[-1].CpuHistory.Count | Should -Be 3
            $watch.Elapsed.TotalMilliseconds | Should -BeGreaterThan 850
        }

        It 'shows a table with a chart, plain where it goes to a file' {
            $text = Get-LzContainerStat busy -Instance $instance | Out-String -Width 200
            $text | Should -Match 'CPU %\s+CPU\s+Memory\s+Mem %'
            $text | Should -Match "busy\s+\S+\s+[\d.]+ [_.\-:=+*#▁▂▃▄▅▆▇█]"
        }

        It 'says that a service does not run' {
            { Get-LzContainerStat blob -Instance $instance -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceNotRunning*'
        }
    }

    Context 'Get-LzEvent' {
        It 'tells of the start, in the order of time' {
            $events = Get-LzEvent busy -Instance $instance -Since $began
            $events.Type | Should -Be 'Created', 'Started', 'Ready'
            $events[2].PSTypeNames | Should -Contain 'LocalZure.Event'
            $events | Format-Table | Out-String | Should -Match "Ready\s+busy\s+\S+\s+usable"
        }

        It 'tells of a death with its exit code, and of the next start, while it follows' {
            $running = Start-InRunspace { param($instance) Get-LzEvent calm -Instance $instance -Follow } -Argument $instance
            try {
                Start-Sleep -Seconds 2
                $null = docker kill --signal TERM "localzure-calm-$instance"
                Wait-Until { $running.Output.Count -ge 1 } 'the death'
                "$($running.Output[0].Type) $($running.Output[0].ExitCode)" | Should -Be 'Died 7'
                $null = Start-LzService calm -Mode Docker
                Wait-Until { (Get-Told $running).Type -contains 'Ready' } 'the next start'
            }
            finally {
                (Stop-InRunspace $running).TotalSeconds | Should -BeLessThan 10
            }
        }

        It 'leaves out what is too old or too new' {
            Get-LzEvent -Instance $instance -Until $began.AddMinutes(-5) | Should -BeNullOrEmpty
            Get-LzEvent -Instance $instance -Since (Get-Date).AddMinutes(5) | Should -BeNullOrEmpty
        }
    }

    Context 'Get-LzDependencyGraph' {
        It 'draws a tree of strings without colours where it is captured by a command' {
            Get-LzDependencyGraph -Instance $instance | ForEach-Object { $_ } | Should -Be 'busy (instance X) [Running, Healthy]'.Replace('X', $instance), "└── calm (instance $instance) [Running, Healthy]"
        }

        It 'colours by $PSStyle, and not with NO_COLOR, -NoColor or PlainText' {
            $rendering = $PSStyle.OutputRendering
            try {
                $PSStyle.OutputRendering = 'Ansi'
                $coloured = Get-LzDependencyGraph calm
                $coloured | Should -Be "calm (instance $instance) $($PSStyle.Foreground.Green)[Running, Healthy]$($PSStyle.Reset)"
                Get-LzDependencyGraph calm -NoColor | Set-Variable plain
                $plain | Should -Be "calm (instance $instance) [Running, Healthy]"
                $env:NO_COLOR = '1'
                $none = Get-LzDependencyGraph calm
                $none | Should -Be $plain
                Remove-Item env:NO_COLOR
                $PSStyle.OutputRendering = 'PlainText'
                $none = Get-LzDependencyGraph calm
                $none | Should -Be $plain
            }
            finally {
                $PSStyle.OutputRendering = $rendering
                Remove-Item env:NO_COLOR -ErrorAction Ignore
            }
        }

        It 'gives the nodes as objects, what is not there included' {
            $nodes = Get-LzDependencyGraph servicebus -AsObject
            $nodes.Name | Should -Be 'servicebus', 'sql'
            $nodes.State | Should -Be 'NotCreated', 'NotCreated'
            $nodes[0].DependsOn | Should -Be 'sql'
            $busy = Get-LzDependencyGraph busy -AsObject | Where-Object Name -EQ busy
            "$($busy.State) $($busy.Health) $($busy.IsEnabled) $($busy.Mode)" | Should -Be 'Running Healthy True Docker'
        }

        It 'draws a picture that is XML, a graph for Graphviz and one for Mermaid' {
            $svg = [xml] (Get-LzDependencyGraph -Instance $instance -Format Svg)
            $svg.svg.g.Count | Should -Be 2
            (Get-LzDependencyGraph -Instance $instance -Format Mermaid) | Should -Match '(?s)^flowchart TD\n.*n0 --> n1'
            $dot = Get-LzDependencyGraph -Instance $instance -Format Dot
            $dot | Should -Match 'digraph localzure'
            if (Get-Command dot -ErrorAction Ignore) {
                $dot | dot -Tplain | Where-Object { $_ -like 'edge*' } | Should -HaveCount 1
            }
        }

        It 'names a circle' {
            $circle = New-Item -ItemType Directory -Path 'TestDrive:/circle'
            Set-Content "$circle/localzure.yml" @'
services:
  a: { image: 'x:1', depends_on: [b] }
  b: { image: 'x:1', depends_on: [a] }
'@
            { Get-LzDependencyGraph -ConfigPath $circle -ErrorAction Stop } | Should -Throw -ExpectedMessage '*a -> b -> a*'
        }
    }

    Context 'Get-LzServiceHealth' {
        It 'gives one verdict per environment' {
            $summary = Get-LzServiceHealth -Instance $instance -Summary
            "$($summary.Name) $($summary.Status) $($summary.Healthy)/$($summary.Total)" | Should -Be "$instance Healthy 2/2"
            $summary.Services.Service | Should -Be 'busy', 'calm'
        }

        It 'raises an alert once, warns, runs the script block, and clears it' {
            $running = Start-InRunspace {
                param($instance)
                Get-LzServiceHealth calm -Instance $instance -Watch -Interval 300ms -Alert @{ Unhealthy = 2 } -OnAlert { "script: $_" } -IncludeHistory
            } -Argument $instance
            try {
                Wait-Until { $running.Output.Count -ge 1 } 'the first look'
                $null = docker stop -t 1 "localzure-calm-$instance"
                Wait-Until { @(Get-Told $running | Where-Object { "$_" -like 'script: *' }).Count -ge 1 } 'the alert'
                $null = docker start "localzure-calm-$instance"
                Wait-Until { @(Get-Told $running | Where-Object { "$_" -like 'script: *' }).Count -ge 2 } 'its end'
            }
            finally {
                $null = Stop-InRunspace $running
            }
            $told = Get-Told $running
            $alerts = @($told | Where-Object { $_.PSTypeNames -contains 'LocalZure.Alert' })
            $alerts.IsCleared | Should -Be $false, $true
            "$($alerts[0].Kind) $($alerts[0].Severity) $($alerts[0].Value)" | Should -Be 'Unhealthy High 2'
            @($told) -like 'script: *' | Should -Be "script: calm (instance $instance) was not usable in 2 checks in a row.", "script: calm (instance $instance) is usable again."
            @($running.Shell.Streams.Warning).Message | Should -Be "calm (instance $instance) was not usable in 2 checks in a row."
            ($told | Where-Object { $_.PSTypeNames -contains 'LocalZure.ServiceHealth' })[-1].History.Count | Should -BeGreaterThan 2
        }

        It 'refuses a threshold that there is not' {
            { Get-LzServiceHealth -Watch -Alert @{ Disk = 5 } -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterInvalid*' -ExpectedMessage "*'Disk'*"
            { Get-LzServiceHealth -Watch -Alert @{ Cpu = 'much' } -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterInvalid*'
        }
    }
}
