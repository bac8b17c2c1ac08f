BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $savedGitHub = $env:GITHUB_ENV
    Remove-Item env:GITHUB_ENV -ErrorAction Ignore
}

AfterAll {
    $env:GITHUB_ENV = $savedGitHub
    Exit-TestHome
}

Describe 'Export-LzEnvironment of what runs' -Tag Docker {
    BeforeAll {
        $obstacle = Get-DockerObstacle
        $instance = New-InstanceName
        if (-not $obstacle) {
            $services = Start-LzService blob, queue -Instance $instance -Port auto -Mode Docker -Timeout 2m
            $blob = $services.Where({ $_.Name -eq 'blob' })[0]
            $key = $blob.ConnectionString -replace '^.*AccountKey=([^;]+);.*$', '$1'
            $merged = "$($blob.ConnectionString)QueueEndpoint=$($services.Where({ $_.Name -eq 'queue' })[0].Endpoints['queue']);"
        }
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        Push-Location TestDrive:/
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        Remove-DockerThing $instance
    }

    It 'takes services of the pipeline and keeps what the .env file has' {
        Set-Content ./.env '# mine', 'OTHER=1', 'AzureWebJobsStorage=old'
        $services | Export-LzEnvironment -Format DotEnv -Path .env | Should -BeNullOrEmpty
        Get-Content ./.env | Should -Be @(
            '# mine', 'OTHER=1', "AzureWebJobsStorage='$merged'"
            "AZURE_STORAGE_CONNECTION_STRING='$merged'"
            "ConnectionStrings__blob='$($blob.ConnectionString)'"
            "ConnectionStrings__queue='$($services.Where({ $_.Name -eq 'queue' })[0].ConnectionString)'")
    }

    It 'gives JSON to the pipeline, of all services of the instance when none is named' {
        $read = Export-LzEnvironment -Instance $instance -Format Json | ConvertFrom-Json -AsHashtable
        $read.Keys | Sort-Object | Should -Be 'AZURE_STORAGE_CONNECTION_STRING', 'AzureWebJobsStorage', 'ConnectionStrings__blob', 'ConnectionStrings__queue'
        $read.AzureWebJobsStorage | Should -Be $merged
    }

    It 'sets the environment of this process and returns the variables' {
        try {
            $variables = Export-LzEnvironment blob -Instance $instance -Format Process -PassThru
            $variables.Name | Should -Be 'AZURE_STORAGE_CONNECTION_STRING', 'AzureWebJobsStorage', 'ConnectionStrings__blob'
            $env:ConnectionStrings__blob | Should -Be $blob.ConnectionString
        }
        finally {
            Remove-Item env:AZURE_STORAGE_CONNECTION_STRING, env:AzureWebJobsStorage, env:ConnectionStrings__blob -ErrorAction Ignore
        }
    }

    It 'adds to application settings with comments' {
        Set-Content ./appsettings.json "{`n  // mine`n  `"Logging`": {},`n}"
        Export-LzEnvironment blob -Instance $instance -Format AppSettings -Path appsettings.json
        Get-Content ./appsettings.json | Should -Be '{', '  // mine', '  "Logging": {},', '  "ConnectionStrings": {', "    `"blob`": `"$($blob.ConnectionString)`"", '  },', '}'
    }

    It 'refuses settings that are no JSON, and leaves them' {
        Set-Content ./broken.json '{ "A": }' -NoNewline
        $failure = { Export-LzEnvironment blob -Instance $instance -Format AppSettings -Path broken.json } | Should -Throw -ErrorId 'ParameterInvalid,LocalZure.PowerShell.Commands.ExportLzEnvironmentCommand' -PassThru
        $failure.Exception.Message | Should -Match 'broken\.json.* line 1, column 8'
        Get-Content ./broken.json -Raw | Should -Be '{ "A": }'
    }

    It 'masks first in a step of GitHub Actions, whatever becomes of the streams' {
        $file = "$((Get-Item TestDrive:/).FullName)/github_env"
        $output = Invoke-FreshPwsh "`$env:GITHUB_ENV = '$file'; [Console]::Write('no line end'); Export-LzEnvironment blob -Instance $instance -Format GitHubActions -InformationAction Ignore *> `$null; 'after'"
        $output | Should -Be 'no line end', "::add-mask::$($blob.ConnectionString)", "::add-mask::$key", 'after'
        $lines = Get-Content $file
        $lines | Should -HaveCount 9
        $lines[0] | Should -Match '^AZURE_STORAGE_CONNECTION_STRING<<localzure_\w{32}$'
        $lines[1] | Should -Be $blob.ConnectionString
        $lines[2] | Should -Be ($lines[0] -replace '^.*<<')
    }

    It 'masks and sets in a step of Azure Pipelines' {
        Invoke-FreshPwsh "Export-LzEnvironment blob -Instance $instance -Format AzureDevOps" | Should -Be @(
            ''
            "##vso[task.setsecret]$($blob.ConnectionString)"
            "##vso[task.setsecret]$key"
            "##vso[task.setvariable variable=AZURE_STORAGE_CONNECTION_STRING;issecret=true]$($blob.ConnectionString)"
            "##vso[task.setvariable variable=AzureWebJobsStorage;issecret=true]$($blob.ConnectionString)"
            "##vso[task.setvariable variable=ConnectionStrings__blob;issecret=true]$($blob.ConnectionString)")
    }

    It 'writes nothing with -WhatIf, and tells no secret in any stream' {
        $output = Invoke-FreshPwsh "Export-LzEnvironment blob -Instance $instance -Format DotEnv -Path '$((Get-Item TestDrive:/).FullName)/whatif.env' -WhatIf -Verbose -Debug"
        "$output" | Should -Match 'What if: .*ConnectionStrings__blob.*whatif\.env'
        "$output" | Should -Not -Match ([regex]::Escape($key))
        './whatif.env' | Should -Not -Exist
    }

    It 'exports what runs beside what does not' {
        Export-LzEnvironment blob, table -Instance $instance -Format DotEnv -Path some.env -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotRunning,*'
        './some.env' | Should -FileContentMatch '^ConnectionStrings__blob='
    }

    It 'writes nothing and warns when nothing runs' {
        Export-LzEnvironment -Instance "$instance-none" -Format DotEnv -Path none.env -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match '^Nothing was exported'
        './none.env' | Should -Not -Exist
    }
}

Describe 'Export-LzEnvironment with what cannot be' {
    It 'is an error with a remedy: <Arguments>' -ForEach @(
        @{ Arguments = '-Format GitHubActions'; Message = 'GITHUB_ENV is not set*'; Remedy = '*-Path*' }
        @{ Arguments = '-Format Process -Path x'; Message = 'The format Process writes no file*'; Remedy = '*-Path*' }
        @{ Arguments = '-Format DotEnv -Path TestDrive:/'; Message = '* is a folder.'; Remedy = 'Name a file.' }
        @{ Arguments = '-Format DotEnv -Path TestDrive:/none/.env'; Message = 'The folder * does not exist.'; Remedy = '*Create it*' }
        @{ Arguments = '-Format DotEnv -Path env:/x'; Message = "'env:/x' is not a path of the file system."; Remedy = '*' }
    ) {
        $failure = { Invoke-Expression "Export-LzEnvironment $Arguments" } | Should -Throw -ErrorId 'ParameterInvalid,LocalZure.PowerShell.Commands.ExportLzEnvironmentCommand' -PassThru
        $failure.Exception.Message | Should -BeLike $Message
        $failure.ErrorDetails.RecommendedAction | Should -BeLike $Remedy
    }

    It 'completes the formats' {
        (TabExpansion2 'Export-LzEnvironment -Format A' -cursorColumn 30).CompletionMatches.CompletionText | Should -Be 'AppSettings', 'AzureDevOps'
    }
}
