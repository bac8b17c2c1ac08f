using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LocalZure.PowerShell.Binding;

/// <summary>Completes paths of the file system as PowerShell itself does.</summary>
public sealed class FileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete ?? "");
}
