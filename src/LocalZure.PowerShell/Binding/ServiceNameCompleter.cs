using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LocalZure.Engine;

namespace LocalZure.PowerShell.Binding;

/// <summary>Completes service names from the catalog: no daemon, no file.</summary>
public sealed class ServiceNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        return LocalZureEngine.Catalog
            .Where(service => service.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(service => new CompletionResult(service.Name, service.Name, CompletionResultType.ParameterValue, service.Description));
    }
}
