using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Measures what services use.</summary>
[Cmdlet(VerbsCommon.Get, "LzContainerStat")]
[OutputType("LocalZure.ContainerStat")]
public sealed class GetLzContainerStatCommand : ServiceFilterCommandBase
{
    /// <summary>Go on.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>The time between two measurements.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Interval { get; set; } = new(TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var interval = Read(Interval, nameof(Interval)) ?? TimeSpan.Zero;
        var requests = Selection.ToQueries(includeStopped: false).Select(query => new StatRequest(query, interval)).ToList();
        var follow = Follow.IsPresent;
        Run(requests.SelectMany(request => request.Services.Names).ToList(), async (engine, report, token) =>
        {
            foreach (var query in requests.Select(request => request.Services))
            {
                // What does not run has nothing to measure, and the engine gives nothing for it.
                var services = await engine.GetAsync(query, report, token).ConfigureAwait(false);
                await report.MissingAsync(engine, query, services.Select(service => service.Name), token).ConfigureAwait(false);
            }

            if (follow)
            {
                await report.OutputAllAsync(requests, (request, cancel) => engine.FollowStatAsync(request, report, cancel), token).ConfigureAwait(false);
                return;
            }

            var stats = await Task.WhenAll(requests.Select(request => engine.GetStatAsync(request, report, token))).ConfigureAwait(false);
            report.Output(stats.SelectMany(stat => stat).ToList());
        });
    }
}
