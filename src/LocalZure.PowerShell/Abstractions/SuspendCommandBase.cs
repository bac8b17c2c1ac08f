using System.Management.Automation;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet that freezes or thaws services.</summary>
public abstract class SuspendCommandBase : ChosenServicesCommandBase
{
    /// <summary>Return the services.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override bool TakesStopped => false;

    /// <inheritdoc/>
    private protected override bool Writes => PassThru;
}
