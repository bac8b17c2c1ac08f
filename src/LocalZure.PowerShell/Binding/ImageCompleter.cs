using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LocalZure.Engine;

namespace LocalZure.PowerShell.Binding;

/// <summary>Completes the pinned images of the named services, or of the whole catalog when none is named.</summary>
public sealed class ImageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        var named = BoundServices.Of(fakeBoundParameters);
        return (named.Count > 0 ? named : LocalZureEngine.Catalog)
            .GroupBy(service => service.Image, service => service.Name)
            .Where(image => image.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(image => new CompletionResult(image.Key, image.Key, CompletionResultType.ParameterValue, $"The pinned image of {string.Join(", ", image)}"))
            .ToList();
    }
}
