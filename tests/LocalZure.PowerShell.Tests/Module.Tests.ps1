BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Enter-TestHome
    $env:DOCKER_HOST = Get-DeadEndpoint
    # Uses the engine without a daemon, and gives its answer a type to look at.
    $probe = '(Get-LzService blob -Available).Name'
}

AfterAll {
    Exit-TestHome
}

Describe 'The module' {
    It 'keeps the engine in a load context of its own, once' {
        $null = Get-LzService -Available
        $contexts = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.Where({ $_.GetName().Name -eq 'LocalZure.Engine' }) }
        $contexts.Name | Should -Be 'LocalZure'
    }

    It 'has no file of the engine beside the cmdlets' {
        (Get-ChildItem "$moduleRoot/bin" -File).Name | Should -Not -Contain 'LocalZure.Engine.dll'
        Get-ChildItem "$moduleRoot/bin/engine" -Filter 'LocalZure.Engine.dll' | Should -Not -BeNullOrEmpty
    }

    It 'has none of the transports of the Docker client, which are never loaded' {
        $files = (Get-ChildItem "$moduleRoot/bin" -File -Recurse).Name
        $files | Should -Contain 'Docker.DotNet.dll'
        $files | Where-Object { $_ -match '^Docker\.DotNet\.(LegacyHttp|NativeHttp|NPipe|Unix)\.dll$|^Microsoft\.Net\.Http\.Client\.dll$' } |
            Should -BeNullOrEmpty
    }

    It 'loads the engine only when it is used' {
        Invoke-FreshPwsh "@([AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_.GetName().Name -eq 'LocalZure.Engine' })).Count" | Should -Be '0'
    }

    It 'takes the engine that was compiled ahead of time for this platform where there is one, else the plain one' {
        $runtime = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
        $copy = Join-Path $TestDrive 'LocalZure'
        Copy-Item $moduleRoot $copy -Recurse
        $plain = Join-Path $copy 'bin/engine/LocalZure.Engine.dll'
        $own = Join-Path $copy "bin/engine/$runtime/LocalZure.Engine.dll"
        # Any engine in that place will do: whether this build has one compiled ahead depends on the machine.
        $null = New-Item -ItemType Directory (Split-Path $own) -Force
        if (-not (Test-Path $own)) {
            Copy-Item $plain $own
        }
        $other = Join-Path $copy 'bin/engine/plan9-pdp11/LocalZure.Engine.dll'
        $null = New-Item -ItemType Directory (Split-Path $other)
        Set-Content $other 'of another platform'
        $loaded = "$probe; ([AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_.GetName().Name -eq 'LocalZure.Engine' })).Location"

        Invoke-FreshPwsh $loaded -Module "$copy/LocalZure.psd1" | Should -Be 'blob', $own
        Remove-Item (Split-Path $own) -Recurse
        Invoke-FreshPwsh $loaded -Module "$copy/LocalZure.psd1" | Should -Be 'blob', $plain
    }

    It 'works after Import-Module -Force, and after removal and import' {
        $output = Invoke-FreshPwsh "
            $probe
            Import-Module '$moduleRoot/LocalZure.psd1' -Force; $probe
            Remove-Module LocalZure
            Import-Module '$moduleRoot/LocalZure.psd1'; $probe; Get-LzService -WarningAction Ignore"
        $output | Should -Be 'blob', 'blob', 'blob'
    }

    It 'works in parallel runspaces that import and remove it' {
        $output = Invoke-FreshPwsh "
            1..8 | ForEach-Object -Parallel {
                Import-Module '$moduleRoot/LocalZure.psd1'
                $probe
                Get-LzService -WarningAction Ignore
                Remove-Module LocalZure
            }
            $probe"
        $output | Should -Be (@('blob') * 9)
    }

    It 'works in a thread job' {
        $output = Invoke-FreshPwsh "Start-ThreadJob { Import-Module '$moduleRoot/LocalZure.psd1'; $probe } | Receive-Job -Wait"
        $output | Should -Be 'blob'
    }

    It 'uses a changed DOCKER_HOST at the next command' {
        $null = Get-LzService -WarningVariable before -WarningAction SilentlyContinue
        $env:DOCKER_HOST = Get-DeadEndpoint
        $null = Get-LzService -WarningVariable after -WarningAction SilentlyContinue
        "$after" | Should -Match ([regex]::Escape(([uri] $env:DOCKER_HOST).AbsolutePath))
        "$before" | Should -Match 'localzure-no-engine'
        "$before" | Should -Not -Match ([regex]::Escape(([uri] $env:DOCKER_HOST).AbsolutePath))
    }
}
