# Every failure of docs/troubleshooting.md: provoked for real, told with the right id, category and severity, and mended by what the
# remedy says.
BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $docker = Get-DockerObstacle
    $redis = (Get-Command redis-server -ErrorAction Ignore) ? $null : 'redis-server is not on the PATH'
    $node = (Get-Command node -ErrorAction Ignore) ? $null : 'node is not on the PATH'
    $root = ($IsLinux -and (id -u) -eq '0') ? $null : 'this takes root on Linux'
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $page = Get-Content "$PSScriptRoot/../../docs/troubleshooting.md" -Raw
    $busybox = 'localzure-test/busybox:1'

    function Assert-Failure([string] $Id, [string] $Category, [string] $Severity, [scriptblock] $Provoke) {
        $failure = $null
        try {
            & $Provoke
        }
        catch {
            $failure = $_
        }
        $failure | Should -Not -BeNullOrEmpty -Because "$Id was to be provoked"
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*" -Because "$failure"
        "$($failure.Exception.Description.Category)" | Should -Be $Category
        "$($failure.Exception.Description.Severity)" | Should -Be $Severity
        $failure.ErrorDetails.RecommendedAction | Should -Match '[.?]$'
        $page | Should -Match "(?m)^### ``$Id``"
        $noted = Get-LzError -Last 1
        $noted.ErrorId, "$($noted.Category)", "$($noted.Severity)" | Should -Be $Id, $Category, $Severity
        $noted.Remedy | Should -Be $failure.ErrorDetails.RecommendedAction
        $failure
    }

    # Makes a file the project of the current folder.
    function Set-Project([string] $Text) {
        Set-Content (Join-Path $PWD 'localzure.yml') $Text
    }

    # A registry that answers as the first part of a repository's name says: missing, denied, limited.
    function Start-Registry {
        $script = @'
const http = require("http");
const answers = { missing: [404, "MANIFEST_UNKNOWN"], denied: [401, "UNAUTHORIZED"], limited: [429, "TOOMANYREQUESTS"] };
http.createServer((request, response) => {
  const kind = request.url.split("/")[2];
  const [status, code] = answers[kind] || [200, ""];
  response.writeHead(status, { "Docker-Distribution-Api-Version": "registry/2.0", "Content-Type": "application/json" });
  response.end(status === 200 ? "{}" : JSON.stringify({ errors: [{ code, message: kind }] }));
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });
'@
        $start = [Diagnostics.ProcessStartInfo]::new('node')
        $start.ArgumentList.Add('-e')
        $start.ArgumentList.Add($script)
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        [pscustomobject]@{ Process = $process; Address = "127.0.0.1:$($process.StandardOutput.ReadLine())" }
    }

    function Get-FreePort {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $listener.LocalEndpoint.Port
        $listener.Stop()
    }
}

Describe 'Troubleshooting' {
    BeforeEach {
        Enter-TestHome
        $instance = New-InstanceName
        $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "localzure-test-$([guid]::NewGuid().ToString('n'))")
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
        Get-LzService -Instance $instance -All -WarningAction Ignore | Stop-LzService -RemoveData -Confirm:$false -WarningAction Ignore
        Remove-DockerThing $instance
        Exit-TestHome
        Remove-Item $folder -Recurse -Force
    }

    Context 'The engine' {
        It 'DockerUnavailable' -Skip:([bool] $redis) {
            $env:DOCKER_HOST = Get-DeadEndpoint
            $null = Assert-Failure DockerUnavailable Docker Critical { Start-LzService redis -Mode Docker -Instance $instance -ErrorAction Stop }
            (Start-LzService redis -Mode Host -Port 0 -Instance $instance).State | Should -Be 'Running'
        }

        It 'DockerPermissionDenied' -Skip:([bool] $root) {
            $socket = Join-Path $folder 'docker.sock'
            chmod 755 $folder
            $listener = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            $listener.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new($socket))
            $listener.Listen()
            chmod 600 $socket
            $userHome = New-Item -ItemType Directory (Join-Path $folder 'user')
            chmod 777 $userHome
            try {
                $output = Invoke-AsNobody -Folder $folder -Environment "HOME=$userHome", "LOCALZURE_HOME=$userHome/home", "DOCKER_HOST=unix://$socket" -Command '
                    try { Start-LzService redis -Mode Docker } catch { }
                    Get-LzError | ForEach-Object { $_.ErrorId, $_.Category, $_.Severity, $_.Remedy }'
                $output[0..2] | Should -Be 'DockerPermissionDenied', 'Docker', 'Critical'
                $output[3] | Should -Match 'usermod -aG docker'
            }
            finally {
                $listener.Dispose()
            }
        }
    }

    Context 'Ports' -Skip:([bool] $docker) {
        It 'PortInUse by a process' {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            try {
                $port = $listener.LocalEndpoint.Port
                $failure = Assert-Failure PortInUse Host High { Start-LzService redis -Port $port -Instance $instance -ErrorAction Stop }
                "$failure" | Should -Match "pid $PID|process $PID"
                (Start-LzService redis -Port 0 -Instance $instance).State | Should -Be 'Running'
            }
            finally {
                $listener.Stop()
            }
        }

        It 'PortInUse by a container' {
            $port = Get-FreePort
            $holder = "holder-$instance"
            $null = docker run -d --name $holder -p "127.0.0.1:${port}:80" $busybox sleep 1000
            try {
                $failure = Assert-Failure PortInUse Host High { Start-LzService redis -Port $port -Instance $instance -ErrorAction Stop }
                "$failure" | Should -Match $holder
            }
            finally {
                $null = docker rm -f $holder
            }
            (Start-LzService redis -Port $port -Instance $instance).Ports[0].HostPort | Should -Be $port
        }

        It 'PortRangeExhausted' -Tag Full {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            try {
                $port = $listener.LocalEndpoint.Port
                $command = "try { Start-LzService redis -Port 0 -Instance $instance } catch { }; (Get-LzError -Last 1).ErrorId"
                $env:LOCALZURE_PORT_RANGE = "$port-$port"
                @(Invoke-FreshPwsh $command)[-1] | Should -Be 'PortRangeExhausted'
                $noted = Get-LzError -Last 1
                "$($noted.Category)", "$($noted.Severity)" | Should -Be 'Host', 'High'
            }
            finally {
                $listener.Stop()
            }
            Remove-Item env:LOCALZURE_PORT_RANGE
            @(Invoke-FreshPwsh "(Start-LzService redis -Port 0 -Instance $instance).State")[-1] | Should -Be 'Running'
        }

        It 'PortInvalid' {
            $null = Assert-Failure PortInvalid Configuration Medium { Start-LzService redis -Port 70000 -Instance $instance -ErrorAction Stop }
            (Start-LzService redis -Port 0 -Instance $instance).State | Should -Be 'Running'
        }
    }

    Context 'Images' -Skip:([bool] $docker) {
        It 'ImagePullFailed' {
            $null = Assert-Failure ImagePullFailed Registry High { Start-LzService redis -Image 127.0.0.1:1/redis:1 -Port 0 -Instance $instance -ErrorAction Stop }
            (Start-LzService redis -Port 0 -Instance $instance).State | Should -Be 'Running'
        }

        It '<Id>' -Skip:([bool] $node) -ForEach @(
            @{ Id = 'ImageNotFound'; Severity = 'High'; Repository = 'missing' }
            @{ Id = 'RegistryUnauthorized'; Severity = 'High'; Repository = 'denied' }
            @{ Id = 'RegistryRateLimited'; Severity = 'Medium'; Repository = 'limited' }
        ) {
            $registry = Start-Registry
            try {
                $null = Assert-Failure $Id Registry $Severity { Start-LzService redis -Image "$($registry.Address)/$Repository/redis:1" -Port 0 -Instance $instance -ErrorAction Stop }
            }
            finally {
                $registry.Process.Kill()
            }
            (Start-LzService redis -Port 0 -Instance $instance).State | Should -Be 'Running'
        }

        It 'BuildFailed' {
            Set-Content Dockerfile "FROM $busybox`nRUN echo 'no such compiler'; exit 5"
            Set-Project "services: { web: { build: { context: . }, command: [idle] } }"
            $failure = Assert-Failure BuildFailed Docker High { Start-LzService web -Instance $instance -ErrorAction Stop }
            "$($failure.ErrorDetails.Message)" | Should -Match 'no such compiler'
            Set-Content Dockerfile "FROM $busybox`nRUN true"
            (Start-LzService web -Instance $instance).State | Should -Be 'Running'
            Stop-LzService web -Instance $instance
            docker rmi -f (docker images -q localzure/web) 2>&1 | Out-Null
        }

        It 'BuildTimeout' -Tag Full {
            Set-Content Dockerfile "FROM $busybox`nRUN sleep 600"
            Set-Project "services: { web: { build: { context: . }, command: [idle], timeouts: { build: 1s } } }"
            $null = Assert-Failure BuildTimeout Docker High { Start-LzService web -Instance $instance -ErrorAction Stop }
        }
    }

    Context 'Starts' -Skip:([bool] $docker) {
        It 'ContainerExited, read afterwards, and mended' {
            Set-Project "services: { web: { image: '$busybox', command: [sh, -c, 'echo cannot open the database; exit 3'] } }"
            $failure = Assert-Failure ContainerExited Docker High { Start-LzService web -Instance $instance -ErrorAction Stop }
            $failure.Exception.ExitCode | Should -Be 3
            "$($failure.ErrorDetails.Message)" | Should -Match 'cannot open the database'
            (Get-LzContainerLog web -Instance $instance).Message | Should -Contain 'cannot open the database'
            Set-Project "services: { web: { image: '$busybox', command: [idle] } }"
            (Start-LzService web -Instance $instance).State | Should -Be 'Running'
        }

        It 'OutOfMemory' -Tag Full {
            Set-Project "services: { web: { image: '$busybox', memory: 16m, command: [sh, -c, 'tail /dev/zero'], ready: [ { log: never } ] } }"
            $null = Assert-Failure OutOfMemory Docker High { Start-LzService web -Instance $instance -ErrorAction Stop }
            Set-Project "services: { web: { image: '$busybox', memory: 32m, command: [sh, -c, 'dd if=/dev/zero of=/dev/null bs=8M count=1; echo ready; exec service'], ready: [ { log: ready } ] } }"
            (Start-LzService web -Instance $instance).State | Should -Be 'Running'
        }

        It 'StartTimeout' -Tag Full {
            $text = "services: { web: { image: '$busybox', command: [sh, -c, 'trap exit TERM; sleep 2 & wait; echo ready; sleep 1000 & wait'], ready: [ { log: ready } ] } }"
            Set-Project $text
            $null = Assert-Failure StartTimeout Docker High { Start-LzService web -Timeout 500ms -Instance $instance -ErrorAction Stop }
            (Start-LzService web -Timeout 1m -Instance $instance).State | Should -Be 'Running'
        }

        It 'ServiceUnhealthy, which its log says itself' -Tag Full {
            Set-Content Dockerfile "FROM $busybox`nENTRYPOINT [`"sh`", `"-c`", `"echo An error occurred: Emulator Health Check failed; exec service`"]"
            $null = docker build -q -t "localzure-test/gave-up:$instance" . 2>&1
            try {
                $failure = Assert-Failure ServiceUnhealthy Docker High { Start-LzService eventhubs -NoDependency -AcceptEula -Image "localzure-test/gave-up:$instance" -Port auto -Instance $instance -ErrorAction Stop }
                "$failure" | Should -Match 'has given up'
            }
            finally {
                $null = docker rmi -f "localzure-test/gave-up:$instance" 2>&1
            }
        }

        It 'DependencyFailed' -Tag Full {
            $text = "services: { db: { image: '$busybox', command: [sh, -c, 'exit COD'] }, web: { image: '$busybox', command: [idle], depends_on: [db] } }"
            Set-Project $text.Replace('COD', '1')
            $failures = $null
            Start-LzService web -Instance $instance -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures.ForEach{ $_.FullyQualifiedErrorId.Split(',')[0] } | Should -Be 'ContainerExited', 'DependencyFailed'
            $page | Should -Match '(?m)^### `DependencyFailed`'
            Set-Project $text.Replace('exit COD', 'exec service')
            (Start-LzService web -Instance $instance).State | Should -Be 'Running'
        }

        It 'InitHookFailed' -Tag Full {
            $text = "services: { web: { image: '$busybox', command: [idle], init: { exec: ['echo no such table; exit COD'] } } }"
            Set-Project $text.Replace('COD', '4')
            $failure = Assert-Failure InitHookFailed Configuration High { Start-LzService web -Instance $instance -ErrorAction Stop }
            "$($failure.ErrorDetails.Message)" | Should -Match 'no such table'
            Set-Project $text.Replace('COD', '0')
            (Start-LzService web -Instance $instance).State | Should -Be 'Running'
        }

        It 'EulaNotAccepted' {
            $null = Assert-Failure EulaNotAccepted Configuration Medium { Start-LzService sql -Image $busybox -Port 0 -Instance $instance -ErrorAction Stop }
            $null = Assert-Failure StartTimeout Docker High { Start-LzService sql -AcceptEula -Timeout 1s -Image $busybox -Port 0 -Instance $instance -ErrorAction Stop }
        }

        It 'NameConflict' {
            $name = "localzure-redis-$instance"
            $null = docker run -d --name $name $busybox sleep 1000
            try {
                $null = Assert-Failure NameConflict Docker High { Start-LzService redis -Port 0 -Instance $instance -ErrorAction Stop }
                docker inspect --format '{{.State.Running}}' $name | Should -Be 'true'
            }
            finally {
                $null = docker rm -f $name
            }
            (Start-LzService redis -Port 0 -Instance $instance).State | Should -Be 'Running'
        }

        It 'StopTimeout' {
            $null = Start-LzService redis -Port 0 -Instance $instance
            $null = Assert-Failure StopTimeout Docker Medium { Wait-LzService redis -For Stopped -Timeout 100ms -Instance $instance -ErrorAction Stop }
            Stop-LzService redis -Instance $instance
            Wait-LzService redis -For Stopped -Timeout 10s -Instance $instance
        }
    }

    Context 'What is asked for' {
        It 'ServiceUnknown' {
            $failure = Assert-Failure ServiceUnknown Configuration Medium { Start-LzService bolb -Instance $instance -ErrorAction Stop }
            "$failure $($failure.ErrorDetails.RecommendedAction)" | Should -Match 'blob'
        }

        It 'ServiceNotRunning' {
            $null = Assert-Failure ServiceNotRunning Configuration Low { Restart-LzService redis -Instance $instance -ErrorAction Stop }
        }

        It 'EnvironmentUnknown' {
            $null = Assert-Failure EnvironmentUnknown Configuration Low { Remove-LzEnvironment $instance -Force -ErrorAction Stop }
        }

        It 'NameInvalid' {
            $null = Assert-Failure NameInvalid Configuration Medium { Start-LzService redis -Instance 'A B' -ErrorAction Stop }
        }

        It 'ParameterInvalid' {
            $null = Assert-Failure ParameterInvalid Configuration Medium { Start-LzService redis -Memory 1k -Instance $instance -ErrorAction Stop }
        }

        It 'ConfigInvalid' {
            Set-Project "services: { redis: { prot: 6379 } }"
            $failure = Assert-Failure ConfigInvalid Configuration High { Start-LzService -Instance $instance -ErrorAction Stop }
            $failure.ErrorDetails.RecommendedAction | Should -Match "'port'"
            (Test-LzConfiguration).Key | Should -Be 'services.redis.prot'
        }

        It 'ConfigNotFound' {
            $null = Assert-Failure ConfigNotFound Configuration High { Start-LzService -ConfigPath nowhere.yml -Instance $instance -ErrorAction Stop }
        }

        It 'DependencyCycle' {
            Set-Project "services: { a: { image: '$busybox', depends_on: [b] }, b: { image: '$busybox', depends_on: [a] } }"
            $failure = Assert-Failure ConfigInvalid Configuration High { Start-LzService -Instance $instance -ErrorAction Stop }
            "$($failure.ErrorDetails.Message)" | Should -Match 'a -> b -> a|b -> a -> b'
        }
    }

    Context 'This machine' {
        BeforeEach {
            $env:DOCKER_HOST = Get-DeadEndpoint
        }

        It 'HostModeUnsupported' {
            $null = Assert-Failure HostModeUnsupported Configuration High { Start-LzService mail -Mode Host -Instance $instance -ErrorAction Stop }
        }

        It 'HostToolMissing' -Skip:([bool] $redis) {
            $path = $env:PATH
            $env:PATH = "$folder"
            try {
                $null = Assert-Failure HostToolMissing Host High { Start-LzService redis -Mode Host -Port 0 -Instance $instance -ErrorAction Stop }
            }
            finally {
                $env:PATH = $path
            }
            (Start-LzService redis -Mode Host -Port 0 -Instance $instance).State | Should -Be 'Running'
        }

        It 'StateCorrupt, ended by <_>' -Skip:([bool] $redis) -ForEach 'Remove-LzOrphan', 'Start-LzService' {
            # Redis hides the mark in its environment.
            $forgotten = Start-LzService redis -Mode Host -Port 0 -Instance $instance
            Set-Content "$env:LOCALZURE_HOME/hosts/localzure-redis-$instance.json" '{ not'
            $warning = $null
            $null = Get-LzService -WarningVariable warning -WarningAction SilentlyContinue
            "$warning" | Should -Match 'Remove-LzOrphan'
            if ($_ -eq 'Remove-LzOrphan') {
                Remove-LzOrphan -Force -WarningAction Ignore | Where-Object Removed | Should -Not -BeNullOrEmpty
            }
            $again = Start-LzService redis -Mode Host -Port 0 -Instance $instance -WarningAction Ignore
            $again.State | Should -Be 'Running'
            Get-Process -Id $forgotten.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
            $page | Should -Match '(?m)^### `StateCorrupt`'
        }

        It 'NotTrusted' -Skip:([bool] $root) {
            $project = New-Item -ItemType Directory (Join-Path $folder 'foreign')
            Push-Location $project
            try {
                Set-Project 'services: { redis: {} }'
                chown 65534 localzure.yml
                $failure = Assert-Failure NotTrusted Configuration High { Start-LzService -ErrorAction Stop }
                "$failure" | Should -Match 'belongs to the user'
                $env:LOCALZURE_TRUST = "$project"
                Get-LzConfiguration services.redis | Should -Not -BeNullOrEmpty
            }
            finally {
                $env:LOCALZURE_TRUST = $null
                Pop-Location
            }
        }

        It 'HomeNotWritable' -Skip:([bool] $redis) {
            $good = $env:LOCALZURE_HOME
            $env:LOCALZURE_HOME = '/proc/localzure'
            $failure = $null
            try {
                Start-LzService redis -Mode Host -Port 0 -Instance $instance -ErrorAction Stop
            }
            catch {
                $failure = $_
            }
            $failure.FullyQualifiedErrorId | Should -BeLike 'HomeNotWritable,*'
            $env:LOCALZURE_HOME = $good
            (Start-LzService redis -Mode Host -Port 0 -Instance $instance).State | Should -Be 'Running'
            $page | Should -Match '(?m)^### `HomeNotWritable`'
        }

        It 'DiskFull' -Tag Full -Skip:([bool] $root) {
            $small = New-Item -ItemType Directory (Join-Path $folder 'small')
            mount -t tmpfs -o size=16k tmpfs $small 2>&1 | Out-Null
            if ($LASTEXITCODE -ne 0) {
                Set-ItResult -Skipped -Because 'nothing can be mounted here'
            }
            try {
                $file = Join-Path $small '.env'
                dd if=/dev/zero "of=$small/filler" bs=4k count=8 2>&1 | Out-Null
                $null = Start-LzService redis -Mode Host -Port 0 -Instance $instance
                $null = Assert-Failure DiskFull Host Critical { Get-LzService redis -Instance $instance | Export-LzEnvironment -Format DotEnv -Path $file -ErrorAction Stop }
                Remove-Item (Join-Path $small 'filler')
                Get-LzService redis -Instance $instance | Export-LzEnvironment -Format DotEnv -Path $file
                $file | Should -Exist
            }
            finally {
                umount $small
            }
        }
    }
}
