using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Restarts services where they are.</summary>
[Cmdlet(VerbsLifecycle.Restart, "LzService", SupportsShouldProcess = true)]
[OutputType("LocalZure.Service")]
public sealed class RestartLzServiceCommand : RestartCommandBase
{
    /// <inheritdoc/>
    private protected override bool IsApproved(Service service) => ShouldProcess(Describe(service.Name, service.Instance), $"Restart the {ServiceText.KindOf(service)}");

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<ServiceOutcome>> ChangeAsync(LocalZureEngine engine, IReadOnlyList<Service> services, PipelineReporter report, CancellationToken cancellationToken) =>
        engine.RestartAsync(RequestOf(services), report, cancellationToken);
}
