BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $commands = (Get-Module LocalZure).ExportedCmdlets.Values | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $manifest = Import-PowerShellDataFile "$moduleRoot/LocalZure.psd1"
    $exported = (Get-Module LocalZure).ExportedCmdlets
}

Describe 'The manifest' {
    It 'is valid' {
        (Test-ModuleManifest "$moduleRoot/LocalZure.psd1" -ErrorAction Stop).Version | Should -Be $manifest.ModuleVersion
    }

    It 'exports by name exactly the cmdlets of the assembly' {
        $classes = [LocalZure.PowerShell.ModuleInitializer].Assembly.GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
            ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $manifest.CmdletsToExport | Sort-Object | Should -Be ($classes | Sort-Object)
        $exported.Keys | Sort-Object | Should -Be ($classes | Sort-Object)
    }

    It 'exports nothing else' {
        $module = Get-Module LocalZure
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }
}

Describe '<Name>' -ForEach $commands {
    It 'has an approved verb and a singular noun with the prefix Lz' {
        $Command.Verb | Should -BeIn (Get-Verb).Verb
        $Command.Noun | Should -Match '^Lz[A-Z][A-Za-z]*[^s]$|^LzServiceHealth$'
    }

    It 'says what it emits' {
        $Command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'asks through ShouldProcess exactly when it changes something' {
        $Command.Parameters.ContainsKey('WhatIf') | Should -Be ($Command.Verb -notin 'Get', 'Wait', 'Test')
    }

    It 'is a sealed class' {
        $Command.ImplementingType.IsSealed | Should -BeTrue
    }
}
