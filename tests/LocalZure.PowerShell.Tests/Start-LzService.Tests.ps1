BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $env:DOCKER_HOST = Get-DeadEndpoint

    function Get-WhatIf([scriptblock] $Script) {
        # What-if messages go to the host only, so that a process of its own has to show them.
        Invoke-FreshPwsh $Script.ToString() | ForEach-Object { "$_" } | Where-Object { $_ -like 'What if:*' }
    }

    function Get-WhatIfTarget([scriptblock] $Script) {
        Get-WhatIf $Script | ForEach-Object { $_ -replace '^What if: Performing the operation "Start: create host process [^"]*" on target "(.*)"\.$', '$1' }
    }
}

AfterAll {
    Exit-TestHome
}

Describe 'Start-LzService -WhatIf' {
    It 'names every service once and changes nothing' {
        Get-WhatIf { Start-LzService blob, queue, blob -Instance pr42 -WhatIf } | Should -Be @(
            'What if: Performing the operation "Start: create host process localzure-blob-pr42 at port 10000 (blob): nothing of it exists" on target "blob (instance pr42)".'
            'What if: Performing the operation "Start: create host process localzure-queue-pr42 at port 10001 (queue): nothing of it exists" on target "queue (instance pr42)".')
        $env:LOCALZURE_HOME | Should -Not -Exist
    }

    It 'refuses what the start would refuse' {
        { Start-LzService blub -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceUnknown,*'
        { Start-LzService blob -Mode Docker -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'DockerUnavailable,*'
    }

    It 'takes nothing but Name and Instance from an object in the pipeline' {
        $bound = (Get-Command Start-LzService).Parameters.Values |
            Where-Object { $_.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true }
        $bound.Name | Sort-Object | Should -Be 'Instance', 'Name'
        # Had Port or Mode been taken from it, this would fail.
        Get-WhatIfTarget { [pscustomobject]@{ Name = 'blob'; Instance = 'x'; Port = 'none'; Mode = 'none'; Image = ''; Timeout = 'never'; Lifetime = 'Session' } | Start-LzService -WhatIf } |
            Should -Be 'blob (instance x)'
    }

    It 'takes names from the pipeline, by value and by property' {
        Get-WhatIf { 'blob', 'queue' | Start-LzService -WhatIf } | Should -HaveCount 2
        Get-WhatIfTarget { [pscustomobject]@{ Name = 'blob'; Instance = $null }, [pscustomobject]@{ Name = 'queue'; Instance = 'x' } | Start-LzService -WhatIf } | Should -Be 'blob', 'queue (instance x)'
    }
}

Describe 'LOCALZURE_INSTANCE' {
    AfterEach {
        Remove-Item env:LOCALZURE_INSTANCE
    }

    It 'is the instance when -Instance is absent, but not when it is bound and empty' {
        $env:LOCALZURE_INSTANCE = 'ci'
        Get-WhatIfTarget { Start-LzService blob -WhatIf } | Should -Be 'blob (instance ci)'
        Get-WhatIfTarget { Start-LzService blob -Instance '' -WhatIf } | Should -Be 'blob'
        Get-WhatIfTarget { [pscustomobject]@{ Name = 'blob'; Instance = $null } | Start-LzService -WhatIf } | Should -Be 'blob'
    }
}

Describe 'Errors of Start-LzService' {
    It 'names the nearest services for an unknown one' {
        $problem = { Start-LzService blob, blub } | Should -Throw -ErrorId 'ServiceUnknown,LocalZure.PowerShell.Commands.StartLzServiceCommand' -PassThru
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem.TargetObject | Should -Be 'blub'
        $problem.Exception.Message | Should -Match "'blob'"
        $problem.ErrorDetails.RecommendedAction | Should -Match 'Get-LzService -Available'
    }

    It 'refuses the instance name <_>' -ForEach 'Bad Name', '-x', 'ä', ('x' * 64) {
        { Start-LzService blob -Instance $_ } | Should -Throw -ErrorId 'NameInvalid,LocalZure.PowerShell.Commands.StartLzServiceCommand'
    }

    It 'refuses the port <_>' -ForEach 70000, -1, 'abc', @{ blob = 65536 }, @{ blob = '1.5' }, '' {
        $port = $_
        $failure = { Start-LzService blob -Port $port } | Should -Throw -ErrorId 'PortInvalid,LocalZure.PowerShell.Commands.StartLzServiceCommand' -PassThru
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'refuses a port that the service does not have' {
        { Start-LzService blob -Port @{ sql = 1433 } } | Should -Throw -ErrorId 'PortInvalid,LocalZure.PowerShell.Commands.StartLzServiceCommand'
    }

    It 'refuses <Value> for -<Parameter> in one sentence' -ForEach @(
        @{ Parameter = 'Timeout'; Value = 'abc'; Message = "-Timeout: 'abc' is not a duration."; Remedy = '10m' }
        @{ Parameter = 'Timeout'; Value = -5; Message = "-Timeout: '-5' is not a duration."; Remedy = '10m' }
        @{ Parameter = 'Timeout'; Value = $null; Message = '-Timeout: $null is not a duration.'; Remedy = '10m' }
        @{ Parameter = 'Timeout'; Value = 99999999999; Message = "-Timeout: '99999999999' is too long a duration."; Remedy = '3650 days' }
        @{ Parameter = 'Timeout'; Value = 1e20; Message = "-Timeout: '100000000000000000000' is too long a duration."; Remedy = '3650 days' }
        @{ Parameter = 'TimeToLive'; Value = [timespan]::FromSeconds(-1); Message = '-TimeToLive: -00:00:01 is negative.'; Remedy = '10m' }
        @{ Parameter = 'TimeToLive'; Value = @{}; Message = '-TimeToLive: a value of type Hashtable is not a duration.'; Remedy = '10m' }
        @{ Parameter = 'Memory'; Value = '12 apples'; Message = "-Memory: '12 apples' is not a size."; Remedy = '512m' }
        @{ Parameter = 'Memory'; Value = -1; Message = "-Memory: '-1' is not a size."; Remedy = '512m' }
        @{ Parameter = 'Memory'; Value = $null; Message = "-Memory: '`$null' is not a size."; Remedy = '512m' }
        @{ Parameter = 'Cpus'; Value = 5000; Message = '-Cpus: 5000 is not a number from 0.01 to 1024.'; Remedy = 'Docker engine' }
        @{ Parameter = 'Cpus'; Value = [double]::NaN; Message = '-Cpus: NaN is not a number from 0.01 to 1024.'; Remedy = 'Docker engine' }
    ) {
        $settings = @{ $Parameter = $Value }
        $failure = { Start-LzService blob @settings } | Should -Throw -ErrorId 'ParameterInvalid,LocalZure.PowerShell.Commands.StartLzServiceCommand' -PassThru
        $failure.Exception.Message | Should -Be $Message
        $failure.ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape($Remedy))
        $failure.CategoryInfo.TargetName | Should -Be 'blob'
    }

    It 'takes sizes as texts and as numbers' {
        Get-WhatIf { Start-LzService blob -Memory 512m -WhatIf; Start-LzService queue -Memory 512MB -TimeToLive 2d -Timeout 30s -WhatIf } | Should -HaveCount 2
    }

    It 'shows the names as the target of a failure of all' {
        $failure = { Start-LzService blob, queue -Mode Docker } | Should -Throw -PassThru
        $failure.CategoryInfo.TargetName | Should -Be 'blob, queue'
        $failure = { Start-LzService blob -Port @{ blob = 65536 } } | Should -Throw -PassThru
        $failure.CategoryInfo.TargetName | Should -Be 'blob = 65536'
    }

    It 'refuses an unknown mode' {
        { Start-LzService blob -Mode Cloud } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'ends with one terminating error when no engine answers -Mode Docker' {
        $failure = { Start-LzService blob, queue -Mode Docker -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'DockerUnavailable,LocalZure.PowerShell.Commands.StartLzServiceCommand' -PassThru
        $failure.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        $failure.Exception.Evidence -join ' ' | Should -Match 'localzure-no-engine'
        # The one endpoint is in the message already.
        $failure.ErrorDetails.Message | Should -Be $failure.Exception.Message
        $failure.ErrorDetails.RecommendedAction | Should -Match '-Mode Host'
    }

    It 'ends cleanly with -ErrorAction Stop' {
        { 'blub' | Start-LzService -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceUnknown,*'
        { Start-LzService blub -ErrorAction Stop; throw 'went on' } | Should -Throw -ErrorId 'ServiceUnknown,*'
    }
}
