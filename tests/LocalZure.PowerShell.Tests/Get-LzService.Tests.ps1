BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $env:DOCKER_HOST = Get-DeadEndpoint
}

AfterAll {
    Exit-TestHome
}

Describe 'Get-LzService -Available' {
    It 'lists the catalog without an engine, under the name of the contract' {
        $services = Get-LzService -Available
        $services.Name | Should -Contain 'blob'
        $services[0].PSTypeNames[0] | Should -Be 'LocalZure.ServiceDefinition'
        ($services | Where-Object Name -EQ 'blob').Ports['blob'] | Should -Be 10000
    }

    It 'is the name in a text' {
        "$(Get-LzService blob -Available)" | Should -Be 'blob'
    }

    It 'filters with wildcards, and by several names' {
        (Get-LzService 'B*' -Available).Name | Should -Be 'blob'
        (Get-LzService blob, q* -Available).Name | Sort-Object | Should -Be 'blob', 'queue'
        Get-LzService 'nothing*' -Available | Should -BeNullOrEmpty
    }

    It 'reports an exact name that is unknown' {
        Get-LzService blub -Available -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be 'ServiceUnknown,LocalZure.PowerShell.Commands.GetLzServiceCommand'
    }

    It 'cannot be used with <_>' -ForEach '-All', '-Instance x' {
        { Invoke-Expression "Get-LzService -Available $_" } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}

Describe 'Get-LzService' {
    It 'warns when the engine that DOCKER_HOST names does not answer, and still lists host processes' {
        Get-LzService -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'localzure-no-engine'
    }

    It 'reports an exact name that nobody could look for, as one error per name' {
        Get-LzService blob, 'queu*', blub -WarningAction SilentlyContinue -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be @(
            'DockerUnavailable,LocalZure.PowerShell.Commands.GetLzServiceCommand'
            'ServiceUnknown,LocalZure.PowerShell.Commands.GetLzServiceCommand')
        $problems.TargetObject | Should -Be 'blob', 'blub'
    }

    It 'says nothing when a wildcard matches nothing' {
        Get-LzService 'b*' -WarningAction SilentlyContinue -ErrorVariable problems
        Get-LzService blob -Instance 'p*' -WarningAction SilentlyContinue -ErrorVariable +problems
        $problems | Should -BeNullOrEmpty
    }
}

Describe '<_> for a service that nobody could look for' -ForEach 'Stop-LzService', 'Get-LzServiceHealth', 'Get-LzContainerLog', 'Get-LzConnectionString' {
    It 'writes one error and goes on' {
        & $_ blob -WarningAction SilentlyContinue -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'DockerUnavailable,LocalZure.PowerShell.Commands.*Command'
        $problems[0].TargetObject | Should -Be 'blob'
    }

    It 'ends with -ErrorAction Stop' {
        { & $_ blob -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Throw -ErrorId 'DockerUnavailable,*'
    }
}

Describe 'Stop-LzService' {
    It 'needs a name or -All' {
        foreach ($set in (Get-Command Stop-LzService).ParameterSets) {
            $set.Parameters.Where({ $_.IsMandatory }).Name | Should -BeIn 'Name', 'All'
        }
    }

    It 'refuses -Keep together with -RemoveData' {
        { Stop-LzService -All -Keep -RemoveData } | Should -Throw -ErrorId 'ParameterInvalid,LocalZure.PowerShell.Commands.StopLzServiceCommand'
    }
}

Describe 'Get-LzServiceHealth -Watch' {
    It 'refuses an interval of nothing' {
        { Get-LzServiceHealth -Watch -Interval 0 -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'ParameterInvalid,*'
    }
}

Describe 'A warning that several calls of the engine have in common' {
    It 'is written once' {
        Get-LzContainerLog blob -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $warnings | Should -HaveCount 1
    }
}

Describe 'LOCALZURE_INSTANCE with a bad name' {
    BeforeAll {
        $env:LOCALZURE_INSTANCE = 'Bad Name'
    }

    AfterAll {
        Remove-Item env:LOCALZURE_INSTANCE
    }

    It 'is an error that names the variable: <_>' -ForEach 'Get-LzConnectionString', 'Get-LzConnectionString blob', 'Stop-LzService blob', 'Start-LzService blob', 'Start-LzService blob -WhatIf' {
        $failure = { Invoke-Expression $_ } | Should -Throw -ErrorId 'NameInvalid,*' -PassThru
        $failure.Exception.Message | Should -Be "LOCALZURE_INSTANCE: 'Bad Name' is not a valid instance name."
        $failure.ErrorDetails.RecommendedAction | Should -Match '^Correct or unset LOCALZURE_INSTANCE\. Use lower-case'
        $failure.CategoryInfo.TargetName | Should -Be 'Bad Name'
    }

    It 'does not matter where all instances, or another, are meant: <_>' -ForEach 'Get-LzService', 'Get-LzServiceHealth', 'Get-LzContainerLog', 'Stop-LzService -All', 'Remove-LzOrphan -WhatIf', 'Get-LzConnectionString -Instance ""' {
        Invoke-Expression "$_ -WarningAction SilentlyContinue -ErrorVariable problems"
        $problems | Should -BeNullOrEmpty
    }
}

Describe '-Instance with a bad name' {
    It 'is an error: <_>' -ForEach 'Get-LzService', 'Get-LzServiceHealth', 'Get-LzContainerLog', 'Get-LzConnectionString', 'Stop-LzService -All', 'Stop-LzService blob', 'Start-LzService blob' {
        $failure = { Invoke-Expression "$_ -Instance 'Bad Name'" } | Should -Throw -ErrorId 'NameInvalid,*' -PassThru
        $failure.Exception.Message | Should -Be "'Bad Name' is not a valid instance name."
    }

    It 'is none for a wildcard or other case' {
        Get-LzService -Instance 'Bad *' -WarningAction SilentlyContinue -ErrorVariable problems
        Get-LzService -Instance PR42 -WarningAction SilentlyContinue -ErrorVariable +problems
        $problems | Should -BeNullOrEmpty
    }
}

Describe 'A relative LOCALZURE_HOME' {
    BeforeAll {
        $own = $env:LOCALZURE_HOME
        $env:LOCALZURE_HOME = './state'
    }

    AfterAll {
        $env:LOCALZURE_HOME = $own
    }

    It 'is refused by <_>' -ForEach 'Start-LzService blob', 'Get-LzService', 'Stop-LzService -All', 'Get-LzServiceHealth', 'Get-LzContainerLog', 'Get-LzConnectionString', 'Remove-LzOrphan -Force' {
        $failure = { Invoke-Expression $_ } | Should -Throw -ErrorId 'ParameterInvalid,*' -PassThru
        $failure.Exception.Message | Should -Be "LOCALZURE_HOME is './state', which is not an absolute path."
        $failure.ErrorDetails.RecommendedAction | Should -Match 'full path'
    }

    It 'lets the Tab key work on' {
        (TabExpansion2 'Stop-LzService blob -Instance ' -cursorColumn 30).CompletionMatches | Should -BeNullOrEmpty
    }
}
