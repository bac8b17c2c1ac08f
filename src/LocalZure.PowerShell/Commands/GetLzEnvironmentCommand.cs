using System.Management.Automation;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Lists environments.</summary>
[Cmdlet(VerbsCommon.Get, "LzEnvironment")]
[OutputType(EnvironmentObject.TypeName)]
public sealed class GetLzEnvironmentCommand : EnvironmentCommandBase
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Find().ForEach(environment => WriteObject(EnvironmentObject.Of(environment)));
}
