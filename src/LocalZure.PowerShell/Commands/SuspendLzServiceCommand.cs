using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Freezes services.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "LzService", SupportsShouldProcess = true)]
[OutputType("LocalZure.Service")]
public sealed class SuspendLzServiceCommand : SuspendCommandBase
{
    /// <inheritdoc/>
    private protected override bool IsApproved(Service service) => ShouldProcess(Describe(service.Name, service.Instance), "Suspend");

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<ServiceOutcome>> ChangeAsync(LocalZureEngine engine, IReadOnlyList<Service> services, PipelineReporter report, CancellationToken cancellationToken) =>
        engine.SuspendAsync(services, cancellationToken);
}
