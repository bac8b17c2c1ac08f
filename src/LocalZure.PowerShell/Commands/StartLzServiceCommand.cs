using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Errors;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Starts services and returns them when they are usable.</summary>
[Cmdlet(VerbsLifecycle.Start, "LzService", SupportsShouldProcess = true)]
[OutputType("LocalZure.Service")]
public sealed class StartLzServiceCommand : StartCommandBase
{
    // Gathered over the pipeline, so that services of one instance start in parallel.
    private readonly List<(string Name, string? Instance)> _approved = [];
    private readonly HashSet<(string Name, string? Instance)> _asked = [];

    private StartRequest _settings = null!;
    private bool _isWhole;

    /// <summary>The services' names; none for all that the configuration enables.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service", "ServiceName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _settings = ReadSettings();
        }
        catch (LocalZureException e)
        {
            Fail(e, e.Code == ErrorCode.PortInvalid ? Port : Name);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name.Length == 0 && !MyInvocation.ExpectingInput)
        {
            _isWhole = this.IsWhatIf() || ShouldProcess("all services that the configuration enables", "Start");
        }

        foreach (var name in Name)
        {
            var service = (name, NamedInstance);
            var target = Describe(name, OneInstance);
            if (_asked.Add(service) && (this.IsWhatIf() || ShouldProcess(target, "Start")))
            {
                _approved.Add(service);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isWhole)
        {
            Carry(_settings with { Instance = NamedInstance });
        }

        foreach (var group in _approved.GroupBy(service => service.Instance, service => service.Name))
        {
            Carry(_settings with { Names = [.. group], Instance = group.Key });
        }
    }

    private void Carry(StartRequest request)
    {
        if (this.IsWhatIf())
        {
            ShowPlan(request);
        }
        else
        {
            Start(request);
        }
    }

    private void Start(StartRequest request) => Run(request.Names, async (engine, report, token) =>
    {
        var outcomes = await engine.StartAsync(request, report, token).ConfigureAwait(false);
        if (StartOutcomes.CommonFailure(outcomes) is { } failure)
        {
            throw failure;
        }

        foreach (var outcome in outcomes)
        {
            report.Outcome(outcome, write: true);
        }
    });

    // The plan is made off the pipeline thread and shown on it.
    private void ShowPlan(StartRequest request)
    {
        IReadOnlyList<PlannedStart> plans = [];
        Run(request.Names, async (engine, report, token) => plans = await engine.PlanAsync(request, report, token).ConfigureAwait(false));
        foreach (var plan in plans)
        {
            if (plan.Error is { } error)
            {
                WriteError(ErrorRecords.From(error, plan.Name));
            }
            else
            {
                ShouldProcess(Describe(plan.Name, plan.Instance), $"Start: {plan.Plan}");
            }
        }
    }
}
