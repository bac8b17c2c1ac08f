BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
}

Describe 'A duration without quotes' {
    It 'takes <Text> for <Expected>' -ForEach @(
        @{ Text = '30s'; Value = 30s; Expected = '00:00:30' }
        @{ Text = '2d'; Value = 2d; Expected = '2.00:00:00' }
        @{ Text = '30'; Value = 30; Expected = '00:00:30' }
        @{ Text = '1.5'; Value = 1.5; Expected = '00:00:01.5000000' }
        @{ Text = '1h30m'; Value = '1h30m'; Expected = '01:30:00' }
    ) {
        $transformation = [LocalZure.PowerShell.Binding.DurationTransformationAttribute]::new()

        "$($transformation.Transform($null, $Value))" | Should -Be $Expected
    }
}
