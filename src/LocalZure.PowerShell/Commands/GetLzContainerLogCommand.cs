using System.Management.Automation;
using System.Runtime.CompilerServices;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Reads what services wrote.</summary>
[Cmdlet(VerbsCommon.Get, "LzContainerLog")]
[OutputType("LocalZure.LogEntry", "System.String")]
public sealed class GetLzContainerLogCommand : ServiceFilterCommandBase
{
    /// <summary>Go on with what comes.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Begin with the last so many lines of each service.</summary>
    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public int Tail { get; set; }

    /// <summary>Leave out what is older.</summary>
    [Parameter]
    [MomentTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Moment? Since { get; set; }

    /// <summary>Leave out what is newer.</summary>
    [Parameter]
    [MomentTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Moment? Until { get; set; }

    /// <summary>Only standard output, or only standard error.</summary>
    [Parameter]
    [ValidateSet("Stdout", "Stderr")]
    public string? Stream { get; set; }

    /// <summary>Only lines that a regular expression matches.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public string? Pattern { get; set; }

    /// <summary>The bare lines as strings.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var since = Read(Since, nameof(Since));
        var until = Read(Until, nameof(Until));
        var requests = Selection.ToQueries(includeStopped: true).Select(query => Request(query) with { Since = since, Until = until }).ToList();
        var raw = Raw.IsPresent;
        Run(requests.SelectMany(request => request.Services.Names).ToList(), async (engine, report, token) =>
        {
            foreach (var query in requests.Select(request => request.Services).Where(query => query.Names.Count > 0))
            {
                // A service that is silent and one that does not exist look the same in a log.
                var services = await engine.GetAsync(query, report, token).ConfigureAwait(false);
                await report.MissingAsync(engine, query, services.Select(service => service.Name).Concat(engine.FindFailedLogs(query)), token).ConfigureAwait(false);
            }

            await (raw
                ? report.OutputAllAsync(requests, (request, cancel) => MessagesAsync(engine.ReadLogAsync(request, report, cancel), cancel), token)
                : report.OutputAllAsync(requests, (request, cancel) => engine.ReadLogAsync(request, report, cancel), token)).ConfigureAwait(false);
        });
    }

    private static async IAsyncEnumerable<string> MessagesAsync(IAsyncEnumerable<LogEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return entry.Message;
        }
    }

    private LogRequest Request(ServiceQuery query) => new()
    {
        Services = query,
        Follow = Follow,
        Tail = this.IsBound(nameof(Tail)) ? Tail : null,
        Stream = Stream is null ? null : Enum.Parse<LogStream>(Stream, ignoreCase: true),
        Pattern = Pattern,
    };
}
