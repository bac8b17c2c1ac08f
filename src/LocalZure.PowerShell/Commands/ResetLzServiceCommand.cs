using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Restarts services without their data.</summary>
[Cmdlet(VerbsCommon.Reset, "LzService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType("LocalZure.Service")]
public sealed class ResetLzServiceCommand : RestartCommandBase
{
    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // ShouldProcess alone would ask in spite of -Force.

    /// <inheritdoc/>
    private protected override bool IsApproved(Service service) =>
        (Force && !this.IsBound("Confirm") && !this.IsWhatIf())
        || IsAllowed(Describe(service.Name, service.Instance), ServiceText.ResetOf(service));

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<ServiceOutcome>> ChangeAsync(LocalZureEngine engine, IReadOnlyList<Service> services, PipelineReporter report, CancellationToken cancellationToken) =>
        engine.ResetAsync(RequestOf(services), report, cancellationToken);
}
