using System.Management.Automation;
using LocalZure.PowerShell.Abstractions;

namespace LocalZure.PowerShell.Commands;

/// <summary>Empties the journal of failures.</summary>
[Cmdlet(VerbsCommon.Clear, "LzError", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearLzErrorCommand : LocalZureCommandBase
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (IsAllowed("the journal of failures", "Empty"))
        {
            Run(null, (engine, _, token) => engine.ClearErrorsAsync(token));
        }
    }
}
