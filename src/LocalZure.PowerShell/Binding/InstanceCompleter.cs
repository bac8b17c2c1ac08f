using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LocalZure.Engine;

namespace LocalZure.PowerShell.Binding;

/// <summary>
/// Completes instances from what is known without a daemon: <c>LOCALZURE_INSTANCE</c>, the LocalZure home, and what this
/// process has shown.
/// </summary>
public sealed class InstanceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        var named = Environment.GetEnvironmentVariable("LOCALZURE_INSTANCE");
        return OnDisk()
            .Concat(SeenInstances.All)
            .Where(instance => instance != named)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(instance => Result(instance, $"Instance {instance}"))
            .Prepend(Result(named, "The instance of LOCALZURE_INSTANCE"))
            .OfType<CompletionResult>()
            .Where(result => result.CompletionText.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .ToList();
    }

    private static CompletionResult? Result(string? instance, string description) =>
        string.IsNullOrEmpty(instance) ? null : new CompletionResult(instance, instance, CompletionResultType.ParameterValue, description);

    private static IReadOnlyList<string> OnDisk()
    {
        try
        {
            var home = EngineOptions.FromEnvironment().Home;
            return Task.Run(() => Instances.FindOnDiskAsync(home, CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is LocalZureException or IOException or UnauthorizedAccessException)
        {
            // The Tab key has no place for an error; the cmdlet that comes next tells it.
            return [];
        }
    }
}
