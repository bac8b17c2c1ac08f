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

    It 'refuses <Value> for -<Parameter>' -ForEach @(
        @{ Parameter = 'Timeout'; Value = 'abc' }
        @{ Parameter = 'Timeout'; Value = -5 }
        @{ Parameter = 'TimeToLive'; Value = [timespan]::FromSeconds(-1) }
        @{ Parameter = 'Memory'; Value = '12 apples' }
    ) {
        $settings = @{ $Parameter = $Value }
        { Start-LzService blob @settings } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'refuses an unknown mode' {
        { Start-LzService blob -Mode Cloud } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'ends with one terminating error when no engine answers -Mode Docker' {
        $failure = { Start-LzService blob, queue -Mode Docker -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'DockerUnavailable,LocalZure.PowerShell.Commands.StartLzServiceCommand' -PassThru
        $failure.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        $failure.Exception.Evidence -join ' ' | Should -Match 'localzure-no-engine'
        $failure.ErrorDetails.Message | Should -Match '(?m)^  \| '
        $failure.ErrorDetails.RecommendedAction | Should -Match '-Mode Host'
    }

    It 'ends cleanly with -ErrorAction Stop' {
        { 'blub' | Start-LzService -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceUnknown,*'
        { Start-LzService blub -ErrorAction Stop; throw 'went on' } | Should -Throw -ErrorId 'ServiceUnknown,*'
    }
}
