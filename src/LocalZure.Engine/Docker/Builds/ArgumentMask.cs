using LocalZure.Engine.Support;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Takes the values of build arguments, which may be secrets, out of what a build says.</summary>
internal sealed class ArgumentMask
{
    // Shorter ones, "1" or "dev", are no secrets, and without them no output could be read.
    private const int Shortest = 4;

    private readonly IReadOnlyList<string> _values;

    /// <summary>Creates one.</summary>
    /// <param name="arguments">The build arguments.</param>
    public ArgumentMask(IReadOnlyDictionary<string, string> arguments) =>
        _values = arguments.Values
            .SelectMany(value => value.Split('\n', StringSplitOptions.TrimEntries))
            .Where(value => value.Length >= Shortest)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(value => value.Length)
            .ToList();

    /// <summary>The text without them and without what else looks like a secret.</summary>
    public string Apply(string text) => SecretSanitizer.Sanitize(_values.Aggregate(text, (masked, value) => masked.Replace(value, "***", StringComparison.Ordinal)));
}
