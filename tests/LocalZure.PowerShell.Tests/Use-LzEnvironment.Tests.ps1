BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $modes = @(
        @{ Mode = 'Docker'; Obstacle = Get-DockerObstacle }
        @{ Mode = 'Host'; Obstacle = Get-HostObstacle }
    )
}

Describe 'Use-LzEnvironment in mode <Mode>' -ForEach $modes {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        Enter-TestHome -SharedTools

        # Everything that blocks of this home have left: things in Docker and files of the home. Locks of names that may come again stay.
        function Get-Rest {
            if ($Mode -eq 'Docker') {
                foreach ($name in $used) {
                    Get-DockerThing $name
                }
            }
            Get-ChildItem "$env:LOCALZURE_HOME/hosts", "$env:LOCALZURE_HOME/operations", "$env:LOCALZURE_HOME/ports", "$env:LOCALZURE_HOME/locks", "$env:LOCALZURE_HOME/environments" -ErrorAction Ignore |
                Where-Object Name -NotMatch '^npm|\+lock$|^azurite|-t[0-9a-f]{10}\.lock$' | ForEach-Object Name
            Get-ChildItem "$env:LOCALZURE_HOME/data/*/*" -ErrorAction Ignore | ForEach-Object FullName
        }

        # Another PowerShell that runs a script with the module; its first line of output is the environment's name.
        function Start-User([string] $Script) {
            $start = [Diagnostics.ProcessStartInfo]::new((Get-PowerShellProgram))
            $start.RedirectStandardInput = $true
            $start.RedirectStandardOutput = $true
            '-NoLogo', '-NoProfile', '-NonInteractive', '-Command', "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$moduleRoot/LocalZure.psd1'; $Script" |
                ForEach-Object { $start.ArgumentList.Add($_) }
            [Diagnostics.Process]::Start($start)
        }
        $say = '[Console]::Out.WriteLine($_.Name); '
    }

    BeforeEach {
        if ($Obstacle) {
            Set-ItResult -Skipped -Because $Obstacle
        }
        $used = [Collections.Generic.List[string]]::new()
        $user = $null
    }

    AfterEach {
        if ($user -and -not $user.HasExited) {
            $user.Kill()
        }
        if (-not $Obstacle) {
            Wait-Until { -not (Get-ChildItem "$env:LOCALZURE_HOME/watchers/*.json" -ErrorAction Ignore | Where-Object Name -NotLike "$PID-*") } 'the end of watchers of processes that are gone'
        }
    }

    AfterAll {
        Get-LzEnvironment -WarningAction Ignore | Where-Object IsEphemeral | Where-Object Name -In $used | Remove-LzEnvironment -Force
        Exit-TestHome
    }

    It 'gives the block running services of its own and leaves nothing' {
        $local = 'of the caller'
        $result = Use-LzEnvironment blob -Mode $Mode {
            $used.Add($_.Name)
            $inside = $local
            "$($_.Name)|$env:LOCALZURE_INSTANCE"
            $_.Services[0]
            (Get-LzConnectionString blob) -eq $_.Services[0].ConnectionString
            foreach ($pair in $_.ConnectionStrings.GetEnumerator()) { [Environment]::GetEnvironmentVariable($pair.Key) -eq $pair.Value }
            (Invoke-WebRequest "$($_.Services[0].Endpoint)?comp=list" -SkipHttpErrorCheck).StatusCode -gt 0
        }
        $inside | Should -Be 'of the caller'
        $result[0] | Should -Match '^(use-[a-z0-9]{8})\|\1$'
        "$($result[1].Mode) $($result[1].Health) $($result[1].Lifetime)" | Should -Be "$Mode Healthy Session"
        $result[2..($result.Count - 1)] | Should -Not -Contain $false
        $result[1].Ports[0].HostPort | Should -Not -Be 10000
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'sets variables for the block only, and brings back those that were there' {
        $names = Use-LzEnvironment blob -Mode $Mode { $used.Add($_.Name); $_.ConnectionStrings.Keys }
        $names | Should -Not -BeNullOrEmpty
        $names | ForEach-Object { [Environment]::GetEnvironmentVariable($_) | Should -BeNullOrEmpty }
        [Environment]::SetEnvironmentVariable(@($names)[0], 'mine')
        try {
            { Use-LzEnvironment blob -Mode $Mode { $used.Add($_.Name); [Environment]::GetEnvironmentVariable(@($names)[0]) | Should -Not -Be 'mine'; throw 'planned' } } | Should -Throw 'planned'
            [Environment]::GetEnvironmentVariable(@($names)[0]) | Should -Be 'mine'
            $env:LOCALZURE_INSTANCE | Should -BeNullOrEmpty
        }
        finally {
            [Environment]::SetEnvironmentVariable(@($names)[0], $null)
        }
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'passes output on as it comes, with errors and warnings, and ends with Select-Object -First' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $arrived = Use-LzEnvironment blob -Mode $Mode -ErrorVariable failures -WarningVariable warnings -WarningAction SilentlyContinue {
            param($environment)
            $used.Add($environment.Name)
            $watch.ElapsedMilliseconds
            Start-Sleep -Milliseconds 700
            Write-Error 'an error' -ErrorAction SilentlyContinue
            Write-Warning 'a warning'
            'end'
        } | ForEach-Object { "$_ $($watch.ElapsedMilliseconds)" }
        $made, $seen = $arrived[0] -split ' '
        [int] $seen - [int] $made | Should -BeLessThan 600
        $arrived | Should -HaveCount 2
        "$warnings" | Should -Match 'a warning'
        $first = Use-LzEnvironment blob -Mode $Mode { $used.Add($_.Name); 1..100 } | Select-Object -First 1
        $first | Should -Be 1
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'leaves nothing when the block is left by <Way>' -Tag Full -ForEach @(
        @{ Way = 'throw'; Block = '{ $used.Add($_.Name); throw "planned" }' }
        @{ Way = 'return'; Block = '{ $used.Add($_.Name); return; throw "not here" }' }
        @{ Way = 'break'; Block = '{ $used.Add($_.Name); break }' }
    ) {
        $block = [scriptblock]::Create("foreach (`$once in 1) { Use-LzEnvironment blob -Mode $Mode $Block }")
        try {
            . $block
        }
        catch {
            "$_" | Should -Be 'planned'
        }
        $used | Should -HaveCount 1
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'leaves nothing after exit, whose code counts' -Tag Full {
        $user = Start-User "Use-LzEnvironment blob -Mode $Mode { $say exit 7 }; 'not here'"
        $used.Add($user.StandardOutput.ReadLine())
        $user.StandardOutput.ReadToEnd() | Should -BeNullOrEmpty
        $user.WaitForExit(30000) | Should -BeTrue
        $user.ExitCode | Should -Be 7
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'leaves nothing within five seconds after kill -9 of its process' {
        $user = Start-User "Use-LzEnvironment blob -Mode $Mode { $say Start-Sleep 600 }"
        $used.Add($user.StandardOutput.ReadLine())
        $used[0] | Should -Match '^use-'
        $user.Kill()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Wait-Until { -not (Get-Rest) } 'the end of all that the environment had'
        Write-Host "    $Mode : nothing left $($watch.ElapsedMilliseconds) ms after kill -9"
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'leaves nothing after Ctrl+C' {
        $running = Start-InRunspace {
            param($mode)
            Use-LzEnvironment blob -Mode $mode { $_.Name; Start-Sleep 600 }
        } -Argument $Mode
        try {
            Wait-Until { $running.Output.Count -gt 0 } 'the block' -Within '00:02:00'
            $used.Add($running.Output[0])
            (Stop-InRunspace $running).TotalSeconds | Should -BeLessThan 15
        }
        finally {
            Close-Runspace $running
        }
        $env:LOCALZURE_INSTANCE | Should -BeNullOrEmpty
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'shares one of a name, which the last user removes, killed or not' -Tag Full {
        $name = New-InstanceName
        $used.Add($name)
        $user = Start-User "Use-LzEnvironment blob -Mode $Mode -Name $name { $say Start-Sleep 600 }"
        $user.StandardOutput.ReadLine() | Should -Be $name
        $inside = Use-LzEnvironment blob -Mode $Mode -Name $name {
            $other = $_.Services[0].ConnectionString
            Get-LzEnvironment $name
            $user.Kill()
            Wait-Until { (Get-LzEnvironment $name).Users -eq 1 } 'the release of the killed user'
            Get-LzService blob -Instance $name
        }
        $inside[0].Users | Should -Be 2
        $inside[1].State | Should -Be 'Running'
        $inside[1].ConnectionString | Should -Be $other
        $inside[1].Lifetime | Should -Be 'Persistent'
        Get-Rest | Should -BeNullOrEmpty
        Get-LzEnvironment $name -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'starts what localzure.yml enables when no service is named' {
        $folder = Join-Path $TestDrive $Mode
        $null = New-Item -ItemType Directory $folder
        Set-Content "$folder/localzure.yml" "version: `"0.1.0`"`nproject: shop`nservices:`n  blob: { enabled: true, port: 10000 }`n  queue: { enabled: true, instance: elsewhere }`n"
        $found = Use-LzEnvironment -ConfigPath $folder -Mode $Mode { $used.Add($_.Name); $_ }
        "$($found.Services.Name)" | Should -Be 'blob queue'
        "$($found.Services.Instance | Select-Object -Unique)|$($found.Project)" | Should -Be "$($used[0])|shop"
        $found.Services[0].Ports[0].HostPort | Should -Not -Be 10000
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'never takes an environment of another kind' -Tag Full {
        $name = New-InstanceName
        $used.Add($name)
        $null = Start-LzService blob -Instance $name -Port auto -Mode $Mode
        try {
            { Use-LzEnvironment blob -Name $name { throw 'not here' } -ErrorAction Stop } | Should -Throw -ErrorId 'NameConflict*'
            (Get-LzService blob -Instance $name).State | Should -Be 'Running'
        }
        finally {
            Remove-LzEnvironment $name -Force
        }
        Get-Rest | Should -BeNullOrEmpty
    }

    It 'tells what failed and runs no block' {
        $ran = $false
        { Use-LzEnvironment nosuch { $ran = $true } } | Should -Throw -ErrorId 'ServiceUnknown*'
        { Use-LzEnvironment blob -Name 'No Name' { $ran = $true } } | Should -Throw -ErrorId 'NameInvalid*'
        Use-LzEnvironment blob { $ran = $true } -WhatIf
        $ran | Should -BeFalse
        Get-Rest | Should -BeNullOrEmpty
    }
}
