BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $modes = @{ Mode = 'Docker' }, @{ Mode = 'Host' }
}

Describe 'Services of a session' {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome -SharedTools

        # Another PowerShell that starts blob for its session, says so, and does what it is told to by its input.
        function Start-Owner([string] $Mode, [string] $Instance, [string] $Then = '$null = [Console]::In.ReadLine()') {
            $start = [Diagnostics.ProcessStartInfo]::new((Get-PowerShellProgram))
            $start.RedirectStandardInput = $true
            $start.RedirectStandardOutput = $true
            $script = "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$moduleRoot/LocalZure.psd1'; " +
                "`$blob = Start-LzService blob -Instance $Instance -Port auto -Mode $Mode -Lifetime Session -WarningVariable warnings -WarningAction SilentlyContinue; " +
                "[Console]::Out.WriteLine(`"`$(`$blob.Lifetime) `$(`$blob.Health) `$warnings`"); $Then"
            '-NoLogo', '-NoProfile', '-NonInteractive', '-Command', $script | ForEach-Object { $start.ArgumentList.Add($_) }
            $process = [Diagnostics.Process]::Start($start)
            $line = $process.StandardOutput.ReadLine()
            if ($line.Trim() -ne 'Session Healthy') {
                $process.Kill()
                throw "The owner could not start its service: $line"
            }
            $process
        }

        function Get-Watcher {
            Get-ChildItem "$env:LOCALZURE_HOME/watchers/*.json" -ErrorAction Ignore | ForEach-Object { Get-Content $_ -Raw | ConvertFrom-Json }
        }

        # What runs or takes up a name; data stays.
        function Get-Rest([string] $Mode, [string] $Instance) {
            if ($Mode -eq 'Docker') {
                Get-DockerThing $Instance | Where-Object { $_ -notlike 'volume *' }
            }
            else {
                (Get-ChildItem "$env:LOCALZURE_HOME/hosts/*.json" -ErrorAction Ignore).Name
            }
        }

        function Measure-End([string] $Mode, [string] $Instance, [Nullable[int]] $ProcessId) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Wait-Until { -not (Get-Rest $Mode $Instance) -and -not ($ProcessId -and (Get-Process -Id $ProcessId -ErrorAction Ignore)) } 'the end of what the session had'
            $watch.Elapsed
        }
    }

    AfterAll {
        Exit-TestHome
    }

    BeforeEach {
        $instance = New-InstanceName
        $owner = $null
        $env:DOCKER_HOST = $savedEnvironment.DOCKER_HOST
        $obstacle = $Mode -eq 'Host' ? (Get-HostObstacle) : (Get-DockerObstacle)
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $env:DOCKER_HOST = $Mode -eq 'Host' ? (Get-DeadEndpoint) : $savedEnvironment.DOCKER_HOST
    }

    AfterEach {
        if ($owner -and -not $owner.HasExited) {
            $owner.Kill()
        }
        Wait-Until { -not (Get-Watcher) } 'the end of the watcher'
        Get-LzService -Instance $instance -All -WarningAction Ignore | Stop-LzService -RemoveData -Force -WarningAction Ignore
        if ($Mode -ne 'Host' -and -not $obstacle) {
            Remove-DockerThing $instance
        }
    }

    # Alone: what runs beside it would take the processor, and three seconds are promised.
    It 'are gone within three seconds after kill -9 of it (<Mode>)' -Tag Alone -ForEach $modes {
        $owner = Start-Owner $Mode $instance
        $service = Get-LzService blob -Instance $instance -WarningAction Ignore
        $service.Lifetime | Should -Be 'Session'
        $watcher = Get-Watcher
        $watcher | Should -HaveCount 1

        $owner.Kill()
        $took = Measure-End $Mode $instance $service.ProcessId
        Write-Host "    $Mode : nothing left $([int]$took.TotalMilliseconds) ms after kill -9"
        $took.TotalSeconds | Should -BeLessThan 3
        Wait-Until { -not (Get-Process -Id $watcher.process.pid -ErrorAction Ignore) } 'the end of the watcher'
        Get-ChildItem "$env:LOCALZURE_HOME/watchers" | Should -BeNullOrEmpty
    }

    It 'are gone after it has ended by itself (<Mode>)' -ForEach $modes {
        $owner = Start-Owner $Mode $instance -Then 'exit 0'
        $owner.WaitForExit(30000) | Should -BeTrue
        # Nothing holds the pipe of a session that is over.
        $owner.StandardOutput.ReadToEnd() | Should -BeNullOrEmpty
        (Measure-End $Mode $instance).TotalSeconds | Should -BeLessThan 5
    }

    It 'are gone after its terminal was closed (<Mode>)' -Tag Full -ForEach $modes -Skip:$IsWindows {
        $owner = Start-Owner $Mode $instance
        # What nohup has started ignores the signal, and so does all that it starts.
        if ($IsLinux -and (Get-Content "/proc/$($owner.Id)/status") -match '^SigIgn:\s*[0-9a-f]*[13579bdf]$') {
            Set-ItResult -Skipped -Because 'this PowerShell was started with SIGHUP ignored'
            return
        }
        kill -HUP $owner.Id
        $owner.WaitForExit(30000) | Should -BeTrue
        (Measure-End $Mode $instance).TotalSeconds | Should -BeLessThan 5
    }

    It 'stay when another one has made them to last (<Mode>)' -Tag Full -ForEach @{ Mode = 'Docker' } {
        $lasting = Start-LzService blob -Instance $instance -Port auto -Mode $Mode
        $lasting.Lifetime | Should -Be 'Persistent'
        $text = Invoke-FreshPwsh "Start-LzService blob -Instance $instance -Port auto -Mode $Mode -Lifetime Session -Verbose | ForEach-Object Lifetime"
        "$text" | Should -Match 'stays Persistent'
        $text[-1] | Should -Be 'Persistent'
        Get-Watcher | Should -BeNullOrEmpty
        (Get-LzService blob -Instance $instance).ContainerId | Should -Be $lasting.ContainerId
    }

    It 'warn another session that joins them (<Mode>)' -Tag Full -ForEach @{ Mode = 'Docker' } {
        $owner = Start-Owner $Mode $instance
        $joined = Start-LzService blob -Instance $instance -Port auto -Mode $Mode -WarningVariable warnings -WarningAction SilentlyContinue
        $joined.Lifetime | Should -Be 'Session'
        "$warnings" | Should -Match "process $($owner.Id)\) and ends with that one"
    }

    # Alone: another start would remove them first.
    It 'have one watcher, however many start at once, and are removed when that was killed too (<Mode>)' -Tag Alone -ForEach @{ Mode = 'Docker' } -Skip:$IsWindows {
        $owner = Start-Owner $Mode $instance -Then ("`$null = Start-LzService queue, table -Instance $instance -Port auto -Mode Docker -Lifetime Session; " +
            '[Console]::Out.WriteLine("all"); $null = [Console]::In.ReadLine()')
        $owner.StandardOutput.ReadLine() | Should -Be 'all'
        $watcher = Get-Watcher
        $watcher | Should -HaveCount 1
        (Get-Process -Id $watcher.process.pid).SI | Should -Not -Be (Get-Process -Id $owner.Id).SI

        kill -9 $watcher.process.pid
        $owner.Kill()
        $owner.WaitForExit()
        Get-LzService -Instance $instance | Should -HaveCount 3
        $orphans = Remove-LzOrphan -Force | Where-Object Instance -EQ $instance
        ($orphans | Where-Object Kind -EQ 'Container').Reason | Sort-Object -Unique | Should -Be 'the session that owned it has ended'
        Get-Rest $Mode $instance | Should -BeNullOrEmpty
        Remove-Item "$env:LOCALZURE_HOME/watchers" -Recurse
    }
}
