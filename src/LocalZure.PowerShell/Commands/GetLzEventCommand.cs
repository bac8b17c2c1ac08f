using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Tells what has happened to services.</summary>
[Cmdlet(VerbsCommon.Get, "LzEvent", DefaultParameterSetName = PastSet)]
[OutputType("LocalZure.Event")]
public sealed class GetLzEventCommand : ServiceFilterCommandBase
{
    private const string PastSet = "Past";
    private const string FollowSet = "Follow";

    /// <summary>Go on with what comes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FollowSet)]
    public SwitchParameter Follow { get; set; }

    /// <summary>Leave out what is older.</summary>
    [Parameter]
    [MomentTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Moment? Since { get; set; }

    /// <summary>Leave out what is newer.</summary>
    [Parameter(ParameterSetName = PastSet)]
    [MomentTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Moment? Until { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var since = Read(Since, nameof(Since));
        var until = Read(Until, nameof(Until));
        var requests = Selection.ToQueries(includeStopped: true)
            .Select(query => new EventRequest { Services = query, Follow = Follow, Since = since, Until = until })
            .ToList();
        Run(requests.SelectMany(request => request.Services.Names).ToList(), (engine, report, token) =>
            report.OutputAllAsync(requests, (request, cancel) => engine.ReadEventsAsync(request, report, cancel), token));
    }
}
