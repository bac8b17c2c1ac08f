using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Stops services.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LzService", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType("LocalZure.Service")]
public sealed class StopLzServiceCommand : ServiceCommandBase
{
    private const string NameSet = "Name";
    private const string AllSet = "All";

    private readonly ServiceSelection _selection = new();
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The services' names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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

    /// <summary>Every service; those of one instance when it is named.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Leave the stopped container in place.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    /// <summary>Remove the data too.</summary>
    [Parameter]
    public SwitchParameter RemoveData { get; set; }

    /// <summary>How long it may take to end before it is killed.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; }

    /// <summary>Do not ask before data is removed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the stopped services.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Keep && RemoveData)
        {
            Fail(new LocalZureException(ErrorCode.ParameterInvalid, "-Keep and -RemoveData contradict each other.", "Use one of them."), null);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _selection.Add(Name, All ? NamedInstance : OneInstance);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var found = new List<Service>();
        foreach (var query in _selection.ToQueries(includeStopped: true))
        {
            Run(query.Names, async (engine, report, token) =>
            {
                var services = await engine.GetAsync(query with { IncludeData = RemoveData }, report, token).ConfigureAwait(false);
                found.AddRange(services);
                report.Missing(query, services.Select(service => service.Name));
            });
        }

        var approved = found.FindAll(IsApproved);
        if (approved.Count > 0)
        {
            Stop(approved);
        }
    }

    private bool IsApproved(Service service)
    {
        var target = Describe(service.Name, service.Instance);
        if (!ShouldProcess(target, RemoveData ? "Stop and remove its data" : "Stop"))
        {
            return false;
        }

        // -Confirm has just asked, -Confirm:$false wants no question.
        return !RemoveData || Force || this.IsBound("Confirm") || this.NeverConfirms()
            || ShouldContinue($"All data of {target} will be lost.", "Remove data", ref _yesToAll, ref _noToAll);
    }

    private void Stop(List<Service> services)
    {
        var request = new StopRequest
        {
            Services = services,
            Keep = Keep,
            RemoveData = RemoveData,
            Timeout = this.IsBound(nameof(Timeout)) ? Timeout : null,
        };
        Run(services.ConvertAll(service => service.Name), async (engine, report, token) =>
        {
            foreach (var outcome in await engine.StopAsync(request, report, token).ConfigureAwait(false))
            {
                report.Outcome(outcome, PassThru);
            }
        });
    }
}
