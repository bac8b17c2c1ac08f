BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $env:DOCKER_HOST = Get-DeadEndpoint
    $savedConfig = $env:LOCALZURE_CONFIG
    Remove-Item env:LOCALZURE_CONFIG -ErrorAction Ignore

    function New-Project([string] $Text) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $null = New-Item -ItemType Directory $folder
        if ($Text) {
            [IO.File]::WriteAllText((Join-Path $folder 'localzure.yml'), $Text)
        }
        Set-Location $folder
        $folder
    }
}

AfterAll {
    Set-Location $PSScriptRoot
    $env:LOCALZURE_CONFIG = $savedConfig
    Exit-TestHome
}

Describe 'Get-LzConfiguration' {
    AfterEach {
        Remove-Item env:LOCALZURE_BLOB_PORT, env:LOCALZURE_CONFIG -ErrorAction Ignore
    }

    It 'shows what is in effect and where it comes from' {
        $folder = New-Project "project: shop`nservices:`n  blob: { port: 11000 }`n  queue:`n"
        $env:LOCALZURE_BLOB_PORT = '12000'
        $settings = Get-LzConfiguration
        $settings[0].PSTypeNames[0] | Should -Be 'LocalZure.Configuration'
        $byKey = @{}
        $settings | ForEach-Object { $byKey[$_.Key] = "$($_.Value) from $($_.Origin)" }
        $byKey['project'] | Should -Be "shop from $folder$([IO.Path]::DirectorySeparatorChar)localzure.yml:1"
        $byKey['services.blob.port'] | Should -Be '12000 from environment variable LOCALZURE_BLOB_PORT'
        $byKey['services.queue.port'] | Should -Be '10001 from default'
        $byKey['defaults.profile'] | Should -Be 'dev from default'
    }

    It 'sees a changed variable at the next command' {
        $null = New-Project 'services: [blob]'
        (Get-LzConfiguration services.blob.port).Value | Should -Be 10000
        $env:LOCALZURE_BLOB_PORT = '12001'
        (Get-LzConfiguration services.blob.port).Value | Should -Be 12001
        $env:LOCALZURE_BLOB_PORT = 'auto'
        (Get-LzConfiguration services.blob.port).Value | Should -Be 'auto'
    }

    It 'filters by key, by its beginning and with wildcards' {
        $null = New-Project 'services: [blob, queue]'
        (Get-LzConfiguration 'services.*.port').Key | Should -Be 'services.blob.port', 'services.queue.port'
        (Get-LzConfiguration services.blob).Key | Should -Contain 'services.blob.image'
        Get-LzConfiguration nothing | Should -BeNullOrEmpty
    }

    It 'takes a file by path, by folder, by variable and from a folder above' {
        $folder = New-Project 'project: above'
        $null = New-Item -ItemType Directory below
        Set-Location below
        (Get-LzConfiguration project).Value | Should -Be 'above'
        Set-Content other.yml 'project: other'
        (Get-LzConfiguration project -ConfigPath other.yml).Value | Should -Be 'other'
        (Get-LzConfiguration project -ConfigPath ..).Value | Should -Be 'above'
        (Get-Item other.yml | Get-LzConfiguration project).Value | Should -Be 'other'
        $env:LOCALZURE_CONFIG = "$folder/below/other.yml"
        (Get-LzConfiguration project).Value | Should -Be 'other'
    }

    It 'applies a profile' {
        $null = New-Project 'services: { blob: { port: 11000 } }'
        (Get-LzConfiguration services.blob.port -Profile Test).Origin | Should -Be 'profile test'
        (Get-LzConfiguration services.blob.lifetime -Profile Test).Value | Should -Be 'session'
    }

    It 'ends with ConfigInvalid and all errors as evidence' {
        $null = New-Project "services:`n  blob: { prot: 1 }`n  blub:`n"
        $failure = { Get-LzConfiguration } | Should -Throw -ErrorId 'ConfigInvalid,LocalZure.PowerShell.Commands.GetLzConfigurationCommand' -PassThru
        $failure.Exception.Message | Should -Match '^The configuration has 2 errors: .*localzure\.yml:2:11: services\.blob\.prot:'
        $failure.Exception.Evidence | Should -HaveCount 2
        $failure.ErrorDetails.RecommendedAction | Should -Be "Did you mean 'port'?"
    }

    It 'ends with ConfigNotFound for a file that is not there: <_>' -ForEach './none.yml', '.', 'env:PATH', 'nodrive:x' {
        $null = New-Project
        { Get-LzConfiguration -ConfigPath $_ } | Should -Throw -ErrorId 'ConfigNotFound,*'
    }

    It 'is a table of keys, values and origins' {
        $null = New-Project 'services: { blob: { port: 11000 } }'
        $text = (Get-LzConfiguration services.blob.enabled | Out-String -Width 300) -replace "`e\[[0-9;]*m" -split '\r?\n' | Where-Object { $_ }
        $text[0] -split '\s+' | Where-Object { $_ } | Should -Be 'Key', 'Value', 'Origin'
        $text[2] | Should -Match '^services\.blob\.enabled true\s+.*localzure\.yml:1'
    }
}

Describe 'Test-LzConfiguration' {
    It 'says nothing of a good file' {
        $null = New-Project '{version: "0.1.0", docker_enabled: true, services: {blob: {enabled: true, port: 10000}, queue: {enabled: true, port: 10001}}}'
        Test-LzConfiguration | Should -BeNullOrEmpty
        Test-LzConfiguration -Quiet | Should -BeTrue
    }

    It 'returns all errors as objects' {
        $folder = New-Project "services:`n  blob: { prot: 1 }`n  web: { image: a, environment: { A: '`${x.host}' } }`n"
        $errors = Test-LzConfiguration
        $errors | Should -HaveCount 2
        $errors[0].PSTypeNames[0] | Should -Be 'LocalZure.ConfigurationError'
        $errors[0].Path | Should -Be (Join-Path $folder 'localzure.yml')
        "$($errors[0].Line):$($errors[0].Column) $($errors[0].Key) $($errors[0].Suggestion)" | Should -Be "2:11 services.blob.prot Did you mean 'port'?"
        "$($errors[1].Code)" | Should -Be 'ReferenceUnresolved'
        Test-LzConfiguration -Quiet | Should -BeFalse
    }

    It 'takes files from the pipeline' {
        $null = New-Project 'services: [blob]'
        Set-Content bad.yml 'servces: 1'
        'localzure.yml', 'bad.yml' | Test-LzConfiguration -Quiet | Should -Be $true, $false
        (Get-Item bad.yml | Test-LzConfiguration).Key | Should -Be 'servces'
    }

    It 'gives a CI step its exit code as the help says' {
        $null = New-Project 'servces: 1'
        $null = Invoke-FreshPwsh "Set-Location '$PWD'; Test-LzConfiguration -OutVariable problems; if (`$problems) { exit 1 }"
        $LASTEXITCODE | Should -Be 1
        Set-Content localzure.yml 'services: [blob]'
        $null = Invoke-FreshPwsh "Set-Location '$PWD'; Test-LzConfiguration -OutVariable problems; if (`$problems) { exit 1 }"
        $LASTEXITCODE | Should -Be 0
    }

    It 'ends with ConfigNotFound where there is no file' {
        $null = New-Project
        { Test-LzConfiguration } | Should -Throw -ErrorId 'ConfigNotFound,*'
    }
}

Describe 'New-LzConfiguration' {
    It 'writes a good file with what the folder uses' {
        $folder = New-Project
        Set-Content Shop.csproj '<Project><ItemGroup><PackageReference Include="Azure.Storage.Blobs" /></ItemGroup></Project>'
        $file = New-LzConfiguration
        $file.FullName | Should -Be (Join-Path $folder 'localzure.yml')
        Get-Content $file -Raw | Should -Match '(?m)^  blob:.*Azure\.Storage\.Blobs in Shop\.csproj'
        Test-LzConfiguration | Should -BeNullOrEmpty
    }

    It 'keeps a file that is there, but for -Force' {
        $null = New-Project 'project: mine'
        { New-LzConfiguration } | Should -Throw -ErrorId 'ParameterInvalid,*'
        Get-Content localzure.yml | Should -Be 'project: mine'
        New-LzConfiguration -Force | Should -Not -BeNullOrEmpty
        Get-Content localzure.yml -Raw | Should -Match 'services:'
        Get-ChildItem | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        $null = New-Project
        New-LzConfiguration -WhatIf
        Get-ChildItem | Should -BeNullOrEmpty
    }

    It 'takes a folder or another name' {
        $folder = New-Project
        $null = New-Item -ItemType Directory sub
        (New-LzConfiguration sub).FullName | Should -Be (Join-Path $folder 'sub' 'localzure.yml')
        (New-LzConfiguration sub/other.yml).Name | Should -Be 'other.yml'
        { New-LzConfiguration none/other.yml } | Should -Throw -ErrorId 'ParameterInvalid,*'
    }
}

Describe 'The YAML library' {
    It 'is loaded when there is a file to read, into the context of the engine, and not by Get-LzService' {
        $null = New-Project
        $count = "@([AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_.GetName().Name -eq 'YamlDotNet' }))"
        $context = "[Runtime.Loader.AssemblyLoadContext]::GetLoadContext($count[0]).Name"
        $output = Invoke-FreshPwsh "Set-Location '$PWD'; `$null = Get-LzService -WarningAction Ignore; `$null = Get-LzConfiguration; $count.Count; Set-Content localzure.yml 'services: [blob]'; `$null = Get-LzConfiguration; $count.Count; $context"
        $output | Should -Be 0, 1, 'LocalZure'
    }

    It 'lies with the engine, not with the cmdlets' {
        Get-ChildItem "$moduleRoot/bin" -File -Filter 'YamlDotNet*' | Should -BeNullOrEmpty
        "$moduleRoot/bin/engine/YamlDotNet.dll" | Should -Exist
    }
}
