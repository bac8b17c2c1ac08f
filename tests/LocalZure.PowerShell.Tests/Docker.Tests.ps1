BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $obstacle = Get-DockerObstacle
}

Describe 'Services in Docker' -Tag Docker {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome
        $env:DOCKER_HOST = $savedEnvironment.DOCKER_HOST
        $obstacle = Get-DockerObstacle
        $instance = New-InstanceName
        $other = New-InstanceName
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    AfterAll {
        Remove-DockerThing $instance
        Remove-DockerThing $other
        Exit-TestHome
    }

    Context 'a life' {
        It 'starts what answers at once' {
            $blob = Start-LzService blob -Instance $instance -Port auto -Mode Docker -Timeout 2m
            $blob.PSTypeNames | Should -Contain 'LocalZure.Service'
            "$($blob.Mode) $($blob.State) $($blob.Health)" | Should -Be 'Docker Running Healthy'
            $blob.Ports[0].HostAddress | Should -Be '127.0.0.1'
            $blob.ConnectionString | Should -Match "BlobEndpoint=http://127\.0\.0\.1:$($blob.Ports[0].HostPort)/"
            $blob.Timeline.ReadyMs | Should -BeGreaterThan 0

            $answer = Invoke-WebRequest "$($blob.Endpoints['blob'])?comp=list" -SkipHttpErrorCheck
            "$($answer.Headers.Server)" | Should -BeLike 'Azurite-Blob/*'
        }

        It 'is short in a text, and its instance is completed' {
            "$(Get-LzService blob -Instance $instance)" | Should -Be "blob (instance $instance, Running)"
            "$(Get-LzServiceHealth blob -Instance $instance)" | Should -Be "blob (instance $instance, Healthy)"
            $line = 'Stop-LzService blob -Instance '
            (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain $instance
        }

        It 'returns the same container when it is started again' {
            $before = Get-LzService blob -Instance $instance
            $again = Start-LzService blob -Instance $instance -Port auto -Mode Docker
            $again.ContainerId | Should -Be $before.ContainerId
            $again.Health | Should -Be 'Healthy'
        }

        It 'shows progress that is always completed' {
            $running = Start-InRunspace { param($instance) Start-LzService blob -Instance $instance -Port auto -Mode Docker -Recreate } -Argument $instance
            try {
                Wait-Until { $running.Handle.IsCompleted } 'the end of the start' -Within '00:02:00'
                $records = $running.Shell.Streams.Progress | Where-Object Activity -EQ "localzure-blob-$instance"
                $records | Should -Not -BeNullOrEmpty
                $records.ActivityId | Sort-Object -Unique | Should -HaveCount 1
                $records[-1].RecordType | Should -Be 'Completed'
                $running.Output.Name | Should -Be 'blob'
            }
            finally {
                Close-Runspace $running
            }
        }

        It 'is listed by any session' {
            Invoke-FreshPwsh "(Get-LzService blob -Instance $instance).ContainerName" | Should -Be "localzure-blob-$instance"
        }

        It 'is listed by wildcards of name and instance' {
            (Get-LzService 'b*' -Instance "$($instance.Substring(0, 6))*").Instance | Should -Be $instance
        }

        It 'is healthy' {
            $health = Get-LzServiceHealth blob -Instance $instance
            $health.Status | Should -Be 'Healthy'
            $health.Details[0].Type | Should -Be 'http'
            $health.Container.Running | Should -BeTrue
        }

        It 'streams health and ends with Select-Object -First' {
            (Get-LzServiceHealth blob -Instance $instance -Watch -Interval 100ms | Select-Object -First 1).Status | Should -Be 'Healthy'
        }

        It 'has a log, as objects and as text' {
            $entries = Get-LzContainerLog blob -Instance $instance
            $entries[0].PSTypeNames | Should -Contain 'LocalZure.LogEntry'
            $entries.Message -match 'successfully listens' | Should -HaveCount 1
            Get-LzContainerLog blob -Instance $instance -Raw | Should -Be $entries.Message
            Get-LzContainerLog blob -Instance $instance -Tail 1 | Should -HaveCount 1
            Get-LzContainerLog blob -Instance $instance -Since ([datetime]::Now.AddMinutes(10)) | Should -BeNullOrEmpty
            Get-LzContainerLog blob -Instance $instance -Since 1h -Raw | Should -Be $entries.Message
        }

        It 'has a log of which a part can be asked for' {
            $entries = Get-LzContainerLog blob -Instance $instance
            Get-LzContainerLog blob -Instance $instance -Pattern 'SUCCESSFULLY LISTENS' | Should -HaveCount 1
            Get-LzContainerLog blob -Instance $instance -Pattern '(?-i)SUCCESSFULLY LISTENS' | Should -BeNullOrEmpty
            Get-LzContainerLog blob -Instance $instance -Stream Stdout -Raw | Should -Be $entries.Where({ $_.Stream -eq 'stdout' }).Message
            Get-LzContainerLog blob -Instance $instance -Stream Stderr -Raw | Should -Be $entries.Where({ $_.Stream -eq 'stderr' }).Message
            Get-LzContainerLog blob -Instance $instance -Until $entries[1].Timestamp -Raw | Should -Be $entries[0..1].Message
            Get-LzContainerLog blob -Instance $instance -Until 1h | Should -BeNullOrEmpty
            { Get-LzContainerLog blob -Instance $instance -Pattern 'a(b' } | Should -Throw -ErrorId 'ParameterInvalid,*'
        }

        It 'has a log that can be followed and ends with Select-Object -First' {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Get-LzContainerLog blob -Instance $instance -Follow | Select-Object -First 2 | Should -HaveCount 2
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        }

        It 'has connection strings, by name and from the pipeline' {
            $blob = Get-LzService blob -Instance $instance
            Get-LzConnectionString blob -Instance $instance | Should -Be $blob.ConnectionString
            $blob | Get-LzConnectionString | Should -Be $blob.ConnectionString
            $variables = $blob | Get-LzConnectionString -AsEnvironment
            $variables.Name | Should -Be 'AZURE_STORAGE_CONNECTION_STRING', 'AzureWebJobsStorage', 'ConnectionStrings__blob'
            $variables[0].Instance | Should -Be $instance
        }

        It 'is not stopped by -WhatIf, without its instance, or when the question is answered with no' {
            Stop-LzService blob -Instance $instance -WhatIf
            Stop-LzService blob -ErrorAction SilentlyContinue -WhatIf
            { Invoke-FreshPwsh "Stop-LzService blob -Instance $instance -RemoveData -ErrorAction Stop" | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -First 1 | ForEach-Object { throw $_ } } |
                Should -Throw '*NonInteractive*'
            (Get-LzService blob -Instance $instance).State | Should -Be 'Running'
        }

        It 'keeps its data over a stop, until they are removed too' {
            Get-LzService -Instance $instance | Stop-LzService
            Get-DockerThing $instance | Should -Be "volume localzure-blob-$instance-data"
            Get-LzService -Instance $instance -All | Should -BeNullOrEmpty

            Stop-LzService blob -Instance $instance -RemoveData -Force
            Get-DockerThing $instance | Should -BeNullOrEmpty
        }
    }

    Context 'several services' {
        It 'starts piped ones, keeps a stopped one for a look, and stops all' -Tag Full {
            $services = 'blob', 'queue' | Start-LzService -Instance $other -Port auto
            $services.Name | Sort-Object | Should -Be 'blob', 'queue'
            $services.Network | Sort-Object -Unique | Should -Be "localzure-$other"

            $kept = Stop-LzService queue -Instance $other -Keep -PassThru
            $kept.State | Should -Be 'Stopped'
            (Get-LzService -Instance $other).Name | Should -Be 'blob'
            (Get-LzService -Instance $other -All).Name | Should -Be 'blob', 'queue'
            Get-LzContainerLog queue -Instance $other -Raw | Should -Not -BeNullOrEmpty

            $merged = Get-LzContainerLog -Instance $other
            $merged.Service | Sort-Object -Unique | Should -Be 'blob', 'queue'
            $merged.Timestamp | Should -Be ($merged.Timestamp | Sort-Object)

            (Stop-LzService -All -Instance $other -RemoveData -Confirm:$false -PassThru).State | Sort-Object -Unique | Should -Be 'NotCreated'
            Get-DockerThing $other | Should -BeNullOrEmpty
        }

        It 'starts the ones that can be when another fails' -Tag Full {
            $taken = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $taken.Start()
            try {
                $port = $taken.LocalEndpoint.Port
                $started = Start-LzService blob, queue -Instance $other -Port @{ blob = $port; queue = 'auto' } -ErrorVariable problems -ErrorAction SilentlyContinue
                $started.Name | Should -Be 'queue'
                $problems | Should -HaveCount 1
                $problems[0].FullyQualifiedErrorId | Should -Be 'PortInUse,LocalZure.PowerShell.Commands.StartLzServiceCommand'
                $problems[0].CategoryInfo.Category | Should -Be 'ResourceBusy'
                $problems[0].TargetObject | Should -Be 'blob'
                $problems[0].ErrorDetails.Message | Should -Match "$port"
            }
            finally {
                $taken.Stop()
                Stop-LzService -All -Instance $other -RemoveData -Force
            }
            Get-DockerThing $other | Should -BeNullOrEmpty
        }
    }

    Context 'what is not ours' {
        It 'is never touched: a foreign container with our name is a NameConflict' {
            $name = "localzure-blob-$other"
            $id = docker create --name $name (Get-CatalogImage)
            try {
                Start-LzService blob -Instance $other -Port auto -ErrorVariable problems -ErrorAction SilentlyContinue
                $problems[0].FullyQualifiedErrorId | Should -Be 'NameConflict,LocalZure.PowerShell.Commands.StartLzServiceCommand'
                $problems[0].ErrorDetails.Message | Should -Match $name
                $problems[0].ErrorDetails.RecommendedAction | Should -Match '-Instance'
                Stop-LzService blob -Instance $other -RemoveData -Force -ErrorAction SilentlyContinue
                docker inspect $name --format '{{.Id}}' | Should -Be $id
            }
            finally {
                $null = docker rm -f -v $id
            }
            Get-DockerThing $other | Should -BeNullOrEmpty
        }
    }

    # Alone: every start of whichever suite removes what has no reason to exist, on the whole engine.
    Context 'what has no reason to exist' -Tag Alone {
        It 'is listed with its reason by -WhatIf and removed by Remove-LzOrphan' {
            $blob = Start-LzService blob -Instance $other -Port auto -TimeToLive 5s -NoWait
            Wait-Until { [DateTimeOffset]::UtcNow -gt $blob.ExpiresAt } 'the end of the time to live'

            $found = Remove-LzOrphan -WhatIf | Where-Object Name -EQ $blob.ContainerName
            $found.Removed | Should -BeFalse
            $found.Reason | Should -Not -BeNullOrEmpty
            Get-DockerThing $other | Should -Contain "container $($blob.ContainerName)"

            $removed = Remove-LzOrphan -Confirm:$false | Where-Object Name -EQ $blob.ContainerName
            $removed.Removed | Should -BeTrue
            Get-DockerThing $other | Should -Not -Contain "container $($blob.ContainerName)"
        }

        It 'leaves young ones alone with -OlderThan' {
            $blob = Start-LzService blob -Instance $other -Port auto -TimeToLive 5s -NoWait
            Wait-Until { [DateTimeOffset]::UtcNow -gt $blob.ExpiresAt } 'the end of the time to live'
            Remove-LzOrphan -OlderThan 1h -Force | Where-Object Name -EQ $blob.ContainerName | Should -BeNullOrEmpty
            Get-DockerThing $other | Should -Contain "container $($blob.ContainerName)"
            Remove-DockerThing $other
        }
    }
}
