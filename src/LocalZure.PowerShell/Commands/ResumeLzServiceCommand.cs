using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Lets frozen services go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "LzService", SupportsShouldProcess = true)]
[OutputType("LocalZure.Service")]
public sealed class ResumeLzServiceCommand : SuspendCommandBase
{
    /// <inheritdoc/>
    private protected override bool IsApproved(Service service) => ShouldProcess(Describe(service.Name, service.Instance), "Resume");

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<ServiceOutcome>> ChangeAsync(LocalZureEngine engine, IReadOnlyList<Service> services, PipelineReporter report, CancellationToken cancellationToken) =>
        engine.ResumeAsync(services, cancellationToken);
}
