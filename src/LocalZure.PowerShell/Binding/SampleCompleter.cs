using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LocalZure.PowerShell.Binding;

/// <summary>Completes values that nobody can list with usual ones, so that a user sees how they are written and gets no file names.</summary>
public sealed class SampleCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, string[]> Samples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Timeout"] = ["10s", "30s", "1m", "2m", "5m"],
        ["TimeToLive"] = ["10m", "30m", "1h", "4h", "1d"],
        ["OlderThan"] = ["10m", "1h", "1d", "7d"],
        ["Interval"] = ["500ms", "1s", "2s", "5s", "30s"],
        ["Since"] = ["30s", "5m", "1h", "1d"],
        ["Tail"] = ["0", "10", "20", "100"],
        ["Last"] = ["1", "10", "20", "100"],
        ["Memory"] = ["256m", "512m", "1g", "2g"],
        ["Cpus"] = ["0.5", "1", "2"],
        ["Environment"] = ["@{ NAME = 'value' }"],
        ["Name"] = ["defaults", "services", "services.*.port*", "*.image"],
        ["ScriptBlock"] = ["{ }"],
        ["Volume"] = ["@{ './data' = '/data' }", "@{ cache = '/var/cache' }"],
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Samples[parameterName]
            .Where(sample => sample.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(sample => new CompletionResult(sample, sample, CompletionResultType.ParameterValue, sample))
            .ToList();
}
