using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Waits for services and starts none.</summary>
[Cmdlet(VerbsLifecycle.Wait, "LzService")]
[OutputType("LocalZure.Service")]
public sealed class WaitLzServiceCommand : ServiceFilterCommandBase
{
    /// <summary>What to wait for; Healthy when absent.</summary>
    [Parameter]
    [ValidateSet("Healthy", "Running", "Stopped")]
    public string? For { get; set; }

    /// <summary>How long to wait.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Timeout { get; set; } = new(WaitRequest.UsualTimeout);

    /// <inheritdoc/>
    // Who names a service means one of them, be it there already or not.
    private protected override string? ChosenInstance => Name is { Length: > 0 } ? OneInstance : NamedInstance;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var request = new WaitRequest
        {
            Services = Selection.ToQueries(includeStopped: true),
            Configuration = this.Configuration(null),
            For = For is null ? WaitTarget.Healthy : Enum.Parse<WaitTarget>(For, ignoreCase: true),
            Timeout = Read(Timeout, nameof(Timeout)) ?? TimeSpan.Zero,
        };
        Run(request.Services.SelectMany(query => query.Names).ToList(), async (engine, report, token) =>
        {
            foreach (var outcome in await engine.WaitAsync(request, report, token).ConfigureAwait(false))
            {
                report.Outcome(outcome, write: true);
            }
        });
    }
}
