BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $env:DOCKER_HOST = Get-DeadEndpoint
    $dead = $env:DOCKER_HOST
}

AfterAll {
    Exit-TestHome
}

Describe 'Test-LzPrerequisite' {
    It 'gives every check once, in the same order, with a fix where one is needed' {
        $names = 'PowerShell', 'Home', 'HomeDisk', 'Watcher', 'Configuration', 'Docker', 'EngineVersion', 'EngineDisk', 'EngineMemory', 'Clock', 'RegistryLogin', 'HostTools', 'Ports', 'Leftovers'
        $checks = Test-LzPrerequisite
        $checks.Name | Should -Be $names
        $checks[0].Status | Should -Be 'Passed'
        $checks | Where-Object Status -In Failed, Warning | ForEach-Object { $_.Fix | Should -Not -BeNullOrEmpty -Because $_.Name }
        $checks[0].PSTypeNames[0] | Should -Be 'LocalZure.CheckResult'
    }

    It 'names the endpoint that does not answer' {
        $docker = Test-LzPrerequisite | Where-Object Name -EQ Docker
        $docker.Status | Should -Be 'Failed'
        $docker.Message | Should -Match ([regex]::Escape($dead))
        $docker.Details | Should -Not -BeNullOrEmpty
    }

    It 'looks at the ports of the services that are named' {
        $ports = Test-LzPrerequisite blob | Where-Object Name -EQ Ports
        $ports.Status | Should -BeIn 'Passed', 'Warning'
        $ports.Message | Should -Match '10000'
    }

    It 'finds what is wrong with a configuration' {
        Set-Content TestDrive:/localzure.yml "version: '0.1.0'`nservices:`n  blob: { prot: 1 }"
        $check = Test-LzPrerequisite -ConfigPath TestDrive:/localzure.yml | Where-Object Name -EQ Configuration
        $check.Status | Should -Be 'Failed'
        $check.Details | Should -HaveCount 1
    }

    It 'ends with the pipeline' {
        (Test-LzPrerequisite | Select-Object -First 1).Name | Should -Be 'PowerShell'
    }

    It 'shows what to do' {
        $PSStyle.OutputRendering = 'PlainText'
        Test-LzPrerequisite | Out-String -Width 300 | Should -Match '(?s)Failed\s+Docker\s+The Docker engine at .*-> Start that engine'
    }
}

Describe 'Test-LzPrerequisite -AsReport' {
    It 'writes an archive, whole, and leaves one that is there unless it is told' {
        $folder = New-Item -ItemType Directory TestDrive:/reports -Force
        $path = Join-Path $folder.FullName 'report.zip'
        $file = Test-LzPrerequisite -AsReport $path
        $file.FullName | Should -Be $path
        Expand-Archive $path (Join-Path $folder.FullName 'out')
        Get-Content (Join-Path $folder.FullName 'out/checks.txt') -Raw | Should -Match 'Failed\s+Docker'
        Get-Content (Join-Path $folder.FullName 'out/versions.txt') -Raw | Should -Match "PowerShell $([regex]::Escape("$($PSVersionTable.PSVersion.Major).$($PSVersionTable.PSVersion.Minor)"))"
        { Test-LzPrerequisite -AsReport $path } | Should -Throw -ErrorId 'ParameterInvalid*'
        (Test-LzPrerequisite -AsReport $path -Force).Length | Should -BeGreaterThan 0
        (Get-ChildItem $folder -File).Name | Should -Be 'report.zip'
    }

    It 'refuses a folder that is not there' {
        { Test-LzPrerequisite -AsReport TestDrive:/nosuch/report.zip } | Should -Throw -ErrorId 'ParameterInvalid*'
    }
}
