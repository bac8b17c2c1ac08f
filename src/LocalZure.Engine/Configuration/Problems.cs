using LocalZure.Engine.Support;

namespace LocalZure.Engine.Configuration;

/// <summary>Gathers everything that is wrong, so that all of it is said at once.</summary>
internal sealed class Problems
{
    /// <summary>A file with more is not a file that was mistyped.</summary>
    public const int Most = 500;

    private const int LongestMessage = 400;

    private readonly List<ConfigurationError> _errors = [];

    /// <summary>What was found, each once, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationError> Errors => _errors.Distinct().OrderBy(error => error.Path, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column).ToList();

    /// <summary>How many were found so far.</summary>
    public int Count => _errors.Count;

    /// <summary>Whether so much was found that looking on is pointless.</summary>
    public bool IsFull => _errors.Count >= Most;

    /// <summary>Adds one.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="key">The key's path; empty for the file as a whole.</param>
    /// <param name="message">What is wrong, as a sentence.</param>
    /// <param name="suggestion">What to do about it; empty when the message says it.</param>
    /// <param name="code">What kind of error it is.</param>
    public void Add(Place place, string key, string message, string suggestion = "", ErrorCode code = ErrorCode.ConfigInvalid)
    {
        if (!IsFull)
        {
            _errors.Add(new ConfigurationError(place.Source.Name, place.Line, place.Column, Shown(key), Shown(message), Shown(suggestion), code));
        }
    }

    /// <summary>Adds what a check has thrown.</summary>
    public void Add(Place place, string key, LocalZureException refusal) => Add(place, key, refusal.Message, refusal.Remedy);

    // A value may be a whole line of a password, and of any length.
    private static string Shown(string text)
    {
        var line = SecretSanitizer.Sanitize(string.Concat(text.Length > 4 * LongestMessage ? text[..(4 * LongestMessage)] : text).ReplaceLineEndings(" "));
        line = string.Concat(line.Select(letter => char.IsControl(letter) ? '?' : letter));
        return line.Length <= LongestMessage ? line : $"{line[..(LongestMessage - 3)]}...";
    }
}
