using System.Management.Automation;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Stops services.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LzService", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType("LocalZure.Service")]
public sealed class StopLzServiceCommand : StopCommandBase
{
    private const string NameSet = "Name";
    private const string AllSet = "All";

    private readonly ServiceSelection _selection = new();

    /// <summary>The services' names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service", "ServiceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Every service; those of one instance when it is named.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Return the stopped services.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _selection.Add(Name, All ? NamedInstance : OneInstance);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Asked on the pipeline thread, between the two calls of the engine.
        var queries = _selection.ToQueries(includeStopped: true).Select(query => query with { IncludeData = RemoveData }).ToList();
        var approved = FindServices(queries).FindAll(IsApproved);
        if (approved.Count > 0)
        {
            Stop(approved);
        }
    }

    private void Stop(List<Service> services)
    {
        var request = ReadSettings(services);
        Run(services.ConvertAll(service => service.Name), async (engine, report, token) =>
        {
            foreach (var outcome in await engine.StopAsync(request, report, token).ConfigureAwait(false))
            {
                report.Outcome(outcome, PassThru);
            }
        });
    }
}
