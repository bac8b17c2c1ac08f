using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LocalZure.PowerShell.Binding;

/// <summary>Completes the instance that <c>LOCALZURE_INSTANCE</c> names: no daemon, no file.</summary>
public sealed class InstanceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        var instance = Environment.GetEnvironmentVariable("LOCALZURE_INSTANCE");
        return string.IsNullOrEmpty(instance) || !instance.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            ? []
            : [new CompletionResult(instance, instance, CompletionResultType.ParameterValue, "The instance of LOCALZURE_INSTANCE")];
    }
}
