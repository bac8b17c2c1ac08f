using System.Collections;
using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Probes services now, or tells every change and raises alerts.</summary>
[Cmdlet(VerbsCommon.Get, "LzServiceHealth", DefaultParameterSetName = OnceSet)]
[OutputType("LocalZure.ServiceHealth", ParameterSetName = [OnceSet])]
[OutputType("LocalZure.EnvironmentHealth", ParameterSetName = [SummarySet])]
[OutputType("LocalZure.ServiceHealth", "LocalZure.Alert", ParameterSetName = [WatchSet])]
public sealed class GetLzServiceHealthCommand : ServiceFilterCommandBase
{
    private const string OnceSet = "Once";
    private const string SummarySet = "Summary";
    private const string WatchSet = "Watch";

    /// <summary>One verdict per environment.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SummarySet)]
    public SwitchParameter Summary { get; set; }

    /// <summary>Go on and tell every change.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WatchSet)]
    public SwitchParameter Watch { get; set; }

    /// <summary>The time between two probes.</summary>
    [Parameter(ParameterSetName = WatchSet)]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Interval { get; set; } = new(LocalZureEngine.UsualInterval);

    /// <summary>Thresholds of alerts.</summary>
    [Parameter(ParameterSetName = WatchSet)]
    [ArgumentCompleter(typeof(SampleCompleter))]
    [ValidateNotNull]
    public Hashtable? Alert { get; set; }

    /// <summary>Run for each alert.</summary>
    [Parameter(ParameterSetName = WatchSet)]
    [ArgumentCompleter(typeof(SampleCompleter))]
    [ValidateNotNull]
    public ScriptBlock? OnAlert { get; set; }

    /// <summary>With the latest looks.</summary>
    [Parameter(ParameterSetName = WatchSet)]
    public SwitchParameter IncludeHistory { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var queries = Selection.ToQueries(includeStopped: true);
        if (Watch)
        {
            WatchAll(queries);
        }
        else if (Summary)
        {
            Summarize(queries);
        }
        else
        {
            foreach (var query in queries)
            {
                CheckOnce(query);
            }
        }
    }

    private void CheckOnce(ServiceQuery query) => Run(query.Names, async (engine, report, token) =>
    {
        var healths = await engine.CheckHealthAsync(query, report, token).ConfigureAwait(false);
        report.Output(healths);
        await report.MissingAsync(engine, query, healths.Select(health => health.Service), token).ConfigureAwait(false);
    });

    private void Summarize(IReadOnlyList<ServiceQuery> queries) => Run(queries.SelectMany(query => query.Names).ToList(), async (engine, report, token) =>
    {
        var all = new List<ServiceHealth>();
        foreach (var query in queries)
        {
            var healths = await engine.CheckHealthAsync(query, report, token).ConfigureAwait(false);
            await report.MissingAsync(engine, query, healths.Select(health => health.Service), token).ConfigureAwait(false);
            all.AddRange(healths);
        }

        report.Output(LocalZureEngine.SummarizeHealth(all));
    });

    private void WatchAll(IReadOnlyList<ServiceQuery> queries)
    {
        var interval = Read(Interval, nameof(Interval)) ?? TimeSpan.Zero;
        var thresholds = ReadThresholds();
        Run(queries.SelectMany(query => query.Names).ToList(), (engine, report, token) => thresholds is null && !IncludeHistory
            ? report.OutputAllAsync(queries, (query, cancel) => engine.WatchHealthAsync(query, interval, report, cancel), token)
            : MonitorAllAsync(engine, report, queries.Select(query => new MonitorRequest { Services = query, Interval = interval, Thresholds = thresholds ?? new AlertThresholds() }).ToList(), token));
    }

    private Task MonitorAllAsync(LocalZureEngine engine, PipelineReporter report, List<MonitorRequest> requests, CancellationToken cancellationToken) =>
        report.ActAllAsync(requests, (request, cancel) => engine.MonitorAsync(request, report, cancel), Tell, cancellationToken);

    // On the pipeline thread.
    private void Tell(MonitorReport told)
    {
        if (told.Health is { } health)
        {
            WriteObject(IncludeHistory ? health : health with { History = [] });
        }
        else
        {
            Raise(told.Alert!);
        }
    }

    private void Raise(Alert alert)
    {
        if (alert.IsCleared)
        {
            WriteVerbose(alert.Message);
        }
        else
        {
            WriteWarning(alert.Message);
        }

        WriteObject(alert);
        if (OnAlert is null)
        {
            return;
        }

        try
        {
            WriteObject(OnAlert.InvokeWithContext(null, [new PSVariable("_", alert)], alert), enumerateCollection: true);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // What a user does with one alert must not end the watch.
            WriteError(e.ErrorRecord);
        }
    }

    private AlertThresholds? ReadThresholds()
    {
        try
        {
            return Alert is not null ? AlertTable.Read(Alert) : OnAlert is null ? null : AlertTable.Usual;
        }
        catch (LocalZureException e)
        {
            Fail(e, Alert);
            throw;
        }
    }
}
