using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Probes services now, or tells every change.</summary>
[Cmdlet(VerbsCommon.Get, "LzServiceHealth", DefaultParameterSetName = OnceSet)]
[OutputType("LocalZure.ServiceHealth")]
public sealed class GetLzServiceHealthCommand : ServiceFilterCommandBase
{
    private const string OnceSet = "Once";
    private const string WatchSet = "Watch";

    /// <summary>Go on and tell every change.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WatchSet)]
    public SwitchParameter Watch { get; set; }

    /// <summary>The time between two probes.</summary>
    [Parameter(ParameterSetName = WatchSet)]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Interval { get; set; } = new(LocalZureEngine.UsualInterval);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var queries = Selection.ToQueries(includeStopped: true);
        if (Watch)
        {
            WatchAll(queries);
            return;
        }

        foreach (var query in queries)
        {
            CheckOnce(query);
        }
    }

    private void CheckOnce(ServiceQuery query) => Run(query.Names, async (engine, report, token) =>
    {
        var healths = await engine.CheckHealthAsync(query, report, token).ConfigureAwait(false);
        report.Output(healths);
        report.Missing(query, healths.Select(health => health.Service));
    });

    private void WatchAll(IReadOnlyList<ServiceQuery> queries)
    {
        var interval = Read(Interval, nameof(Interval)) ?? TimeSpan.Zero;
        Run(queries.SelectMany(query => query.Names).ToList(), (engine, report, token) =>
            report.OutputAllAsync(queries, (query, cancel) => engine.WatchHealthAsync(query, interval, report, cancel), token));
    }
}
