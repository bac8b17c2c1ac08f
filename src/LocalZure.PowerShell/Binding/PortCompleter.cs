using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LocalZure.PowerShell.Binding;

/// <summary>Completes ports from the catalog: the table of the named services' ports with their defaults, and <c>auto</c>.</summary>
public sealed class PortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var ports = BoundServices.Of(fakeBoundParameters).SelectMany(service => service.Ports).DistinctBy(port => port.Key).ToList();
        return Offers(ports)
            .Where(offer => offer.Text.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(offer => new CompletionResult(offer.Text, offer.Text, CompletionResultType.ParameterValue, offer.Description))
            .ToList();
    }

    // A hyphen in a key that is not quoted is no part of it.
    private static string Quoted(string key) => key.All(char.IsAsciiLetterOrDigit) ? key : $"'{key}'";

    private static IEnumerable<(string Text, string Description)> Offers(List<KeyValuePair<string, int>> ports)
    {
        if (ports.Count > 0)
        {
            // For example: @{ blob = 10000; queue = 10001 }, and @{ 'otlp-grpc' = 4317 }
            var rows = ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{Quoted(port.Key)} = {port.Value}"));
            yield return ($"@{{ {string.Join("; ", rows)} }}", "Ports by name, with their defaults");
        }

        if (ports is [var only])
        {
            yield return (only.Value.ToString(CultureInfo.InvariantCulture), "The default port");
        }

        yield return ("auto", "A free port for each");
    }
}
