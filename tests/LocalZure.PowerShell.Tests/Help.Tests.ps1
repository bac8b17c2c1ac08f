BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
    $commands = (Get-Module LocalZure).ExportedCmdlets.Values | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
    $parameters = foreach ($command in (Get-Module LocalZure).ExportedCmdlets.Values) {
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            @{ Name = $command.Name; Parameter = $parameter }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
    $pages = [IO.Path]::GetFullPath("$PSScriptRoot/../../docs/en-US")

    # The YAML block of a parameter's section.
    function Get-PageParameter([string] $Command, [string] $Parameter) {
        $page = [IO.File]::ReadAllText("$pages/$Command.md")
        if ($page -notmatch "(?s)### -$Parameter\r?\n(?<text>.*?)``````yaml\r?\n(?<yaml>.*?)``````") {
            return
        }
        $rows = @{ Text = $Matches.text.Trim() }
        foreach ($row in $Matches.yaml -split '\r?\n' | Where-Object { $_ -match ':' }) {
            $key, $value = $row -split ':', 2
            $rows[$key] = $value.Trim()
        }
        $rows
    }
}

Describe 'Help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has a synopsis and a description' {
        # Without help PowerShell puts the syntax there.
        $help.Synopsis | Should -Match '\.$'
        $help.Synopsis | Should -Not -Match '\['
        ($help.Description.Text -join '').Length | Should -BeGreaterThan 100
    }

    It 'has at least two examples, with code and text' {
        $help.Examples.Example.Count | Should -BeGreaterOrEqual 2
        foreach ($example in $help.Examples.Example) {
            $example.Code | Should -Match 'Lz'
            ($example.Remarks.Text -join '') | Should -Match '\w'
        }
    }

    It 'has examples that PowerShell can parse and that use existing parameters' {
        foreach ($example in $help.Examples.Example) {
            $problems = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($example.Code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | Where-Object { $_.GetCommandName() -like '*-Lz*' }) {
                $known = (Get-Command $call.GetCommandName()).Parameters.Keys
                $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } |
                    ForEach-Object { $_.ParameterName | Should -BeIn $known }
            }
        }
    }

    It 'shows every parameter set' {
        @($help.Syntax.SyntaxItem).Count | Should -Be $Command.ParameterSets.Count
    }

    It 'names what it takes, what it emits and its errors' {
        $help.InputTypes.InputType | Should -Not -BeNullOrEmpty
        $help.ReturnValues.ReturnValue | Should -Not -BeNullOrEmpty
        ($help.AlertSet.Alert.Text -join '') | Should -Match 'FullyQualifiedErrorId'
    }

    It 'names only error codes that exist' {
        $codes = [Enum]::GetNames((Get-LzService -Available)[0].GetType().Assembly.GetType('LocalZure.ErrorCode'))
        $notes = ($help.AlertSet.Alert.Text -join ' ') -replace '(?s)^.*?\(the first part of FullyQualifiedErrorId\): ' -replace '(?s)\..*$'
        foreach ($code in [regex]::Matches($notes, '\b[A-Z][a-z]+[A-Z]\w+').Value) {
            $code | Should -BeIn $codes
        }
    }

    It 'documents no parameter that does not exist' {
        $documented = [regex]::Matches([IO.File]::ReadAllText("$pages/$Name.md"), '(?m)^### -(\w+)').ForEach({ $_.Groups[1].Value })
        $actual = $Command.Parameters.Keys | Where-Object { $_ -notin $common -or $_ -in 'WhatIf', 'Confirm' }
        $documented | Sort-Object | Should -Be ($actual | Sort-Object)
    }
}

Describe 'Parameter <Parameter.Name> of <Name>' -ForEach $parameters {
    It 'is described' {
        $text = (Get-Help $Name -Parameter $Parameter.Name).Description.Text -join ''
        $text | Should -Match '^[A-Z].*\.$'
        $text | Should -Not -Match '{{'
    }

    It 'matches its page' {
        $fresh = [Activator]::CreateInstance((Get-Command $Name).ImplementingType)
        $page = Get-PageParameter $Name $Parameter.Name
        $page | Should -Not -BeNullOrEmpty
        $page.Type | Should -Be $Parameter.ParameterType.Name
        $page.Aliases | Should -Be ($Parameter.Aliases -join ', ')

        $sets = $Parameter.ParameterSets
        $page.'Parameter Sets' | Should -BeIn @(
            ($sets.ContainsKey('__AllParameterSets') ? '(All)' : ($sets.Keys -join ', '))
            ((Get-Command $Name).ParameterSets.Name -join ', '))
        $page.Required | Should -Be ([string] [bool] $sets.Values.Where({ $_.IsMandatory }).Count)
        $position = @($sets.Values)[0].Position
        $page.Position | Should -Be ($position -lt 0 ? 'Named' : "$position")

        $pipeline = @(
            if ($sets.Values.Where({ $_.ValueFromPipelineByPropertyName })) { 'ByPropertyName' }
            if ($sets.Values.Where({ $_.ValueFromPipeline })) { 'ByValue' }
        ) -join ', '
        $page.'Accept pipeline input' | Should -Be ($pipeline ? "True ($pipeline)" : 'False')
        $page.'Default value' | Should -Be $(
            $value = $Parameter.Name -in 'WhatIf', 'Confirm' ? $null : $fresh.($Parameter.Name)
            if ($Parameter.SwitchParameter) {
                'False'
            }
            elseif ($value -is [LocalZure.PowerShell.Binding.Duration]) {
                "$($value.Read('').TotalSeconds) seconds"
            }
            else {
                # No other parameter has a default in the code; a zero means that it was not given.
                "$value" | Should -BeIn '', '0'
                'None'
            })
        $wildcards = [bool] $Parameter.Attributes.Where({ $_ -is [Management.Automation.SupportsWildcardsAttribute] })
        $page.'Accept wildcard characters' | Should -Be "$wildcards"
    }
}

Describe 'Get-Help -Online' {
    It 'has no address, as about_LocalZure says' {
        -join (Get-Command -Module LocalZure).HelpUri | Should -BeNullOrEmpty
        (Get-Help about_LocalZure | Out-String) -replace '\s+', ' ' | Should -Match 'Get-Help -Online has no page to open'
    }
}

Describe 'about_LocalZure' {
    It 'is found' {
        Get-Help about_LocalZure | Out-String | Should -Match 'Runs Azure services on your machine'
    }

    It 'names every cmdlet' {
        $text = Get-Help about_LocalZure | Out-String
        foreach ($name in (Get-Module LocalZure).ExportedCmdlets.Keys) {
            $text | Should -Match ([regex]::Escape($name))
        }
    }
}
