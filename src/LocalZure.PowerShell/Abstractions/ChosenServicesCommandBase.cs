using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet that changes services that exist, chosen by name. Asks the user for each, then calls the engine once for all.</summary>
public abstract class ChosenServicesCommandBase : ServiceCommandBase
{
    private readonly ServiceSelection _selection = new();

    /// <summary>The services' names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service", "ServiceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public override string? Instance { get; set; }

    /// <summary>Whether services that do not run are meant too.</summary>
    private protected abstract bool TakesStopped { get; }

    /// <summary>Whether the outcomes are written.</summary>
    private protected virtual bool Writes => true;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _selection.Add(Name, OneInstance);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Asked on the pipeline thread, between the two calls of the engine.
        var approved = FindServices(_selection.ToQueries(TakesStopped)).FindAll(IsApproved);
        if (approved.Count == 0)
        {
            return;
        }

        Run(approved.ConvertAll(service => service.Name), async (engine, report, token) =>
        {
            foreach (var outcome in await ChangeAsync(engine, approved, report, token).ConfigureAwait(false))
            {
                report.Outcome(outcome, Writes);
            }
        });
    }

    /// <summary>Whether the user wants the service to be changed.</summary>
    private protected abstract bool IsApproved(Service service);

    /// <summary>Changes the services. Runs on the thread pool.</summary>
    private protected abstract Task<IReadOnlyList<ServiceOutcome>> ChangeAsync(LocalZureEngine engine, IReadOnlyList<Service> services, PipelineReporter report, CancellationToken cancellationToken);
}
