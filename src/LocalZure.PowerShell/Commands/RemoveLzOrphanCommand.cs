using System.Management.Automation;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Removes what has no reason to exist any more.</summary>
[Cmdlet(VerbsCommon.Remove, "LzOrphan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType("LocalZure.Orphan")]
public sealed class RemoveLzOrphanCommand : LocalZureCommandBase
{
    /// <summary>Only what was created longer ago.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? OlderThan { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var found = Find();
        var approved = found.FindAll(IsApproved);
        if (this.IsWhatIf())
        {
            found.ForEach(WriteObject);
        }
        else if (approved.Count > 0)
        {
            Run(null, async (engine, report, token) => report.Output(await engine.RemoveOrphansAsync(approved, report, token).ConfigureAwait(false)));
        }
    }

    private List<Orphan> Find()
    {
        var found = new List<Orphan>();
        var olderThan = Read(OlderThan, nameof(OlderThan));
        Run(null, async (engine, report, token) =>
            found.AddRange(await engine.FindOrphansAsync(olderThan, report, token).ConfigureAwait(false)));
        return found;
    }

    // ShouldProcess alone would ask in spite of -Force.
    private bool IsApproved(Orphan orphan) =>
        (Force && !this.IsBound("Confirm") && !this.IsWhatIf()) || IsAllowed($"{orphan.Kind} {orphan.Name}", $"Remove ({orphan.Reason})");
}
