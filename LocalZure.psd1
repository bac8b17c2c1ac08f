@{
    RootModule = 'bin/LocalZure.PowerShell.dll'
    ModuleVersion = '0.1.0'
    GUID = 'dc40a3d9-d05e-4f4e-9b43-5452e173bcf7'
    Author = 'LocalZure contributors'
    CompanyName = 'LocalZure contributors'
    Copyright = '(c) LocalZure contributors. MIT licence.'
    Description = 'Runs Azure services on your machine: one command starts Azure Storage (Blob, Queue and Table) in a container, or as a host process where Docker is not there, waits until a client can use them, and hands back endpoints and connection strings.'
    CompatiblePSEditions = 'Core'
    PowerShellVersion = '7.4'
    FormatsToProcess = 'LocalZure.Format.ps1xml'
    # Lists with commas and without @(): those are constants, which PowerShell need not compile at each import.
    CmdletsToExport =
        'Clear-LzError',
        'Export-LzEnvironment',
        'Get-LzConfiguration',
        'Get-LzConnectionString',
        'Get-LzContainerLog',
        'Get-LzContainerStat',
        'Get-LzDependencyGraph',
        'Get-LzEnvironment',
        'Get-LzError',
        'Get-LzEvent',
        'Get-LzService',
        'Get-LzServiceHealth',
        'New-LzConfiguration',
        'Remove-LzEnvironment',
        'Remove-LzOrphan',
        'Reset-LzService',
        'Restart-LzService',
        'Resume-LzService',
        'Start-LzService',
        'Stop-LzService',
        'Suspend-LzService',
        'Test-LzConfiguration',
        'Test-LzPrerequisite',
        'Use-LzEnvironment',
        'Wait-LzService'
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = 'Azure', 'Emulator', 'Azurite', 'Docker', 'Container', 'LocalDevelopment', 'Testing', 'Linux', 'macOS', 'Windows', 'PSEdition_Core'
        }
    }
}
