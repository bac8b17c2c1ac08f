using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>
/// A regular expression that a user or a label has given. It is matched without going back wherever it allows that, so that the time
/// grows with the text alone, and never longer than a limit. One that cannot be matched matches nothing and says why.
/// </summary>
internal sealed class UserPattern
{
    /// <summary>How long one text may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly string _pattern;
    private readonly Regex? _regex;
    private volatile string? _problem;

    /// <summary>Reads an expression, whose letters have the case that is meant.</summary>
    /// <param name="pattern">The expression. What is none is no error here but a <see cref="Problem"/>.</param>
    public UserPattern(string pattern)
    {
        _pattern = pattern;
        try
        {
            _regex = Compile(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            _problem = $"the pattern '{pattern}' is not a regular expression: {e.Message}";
        }
    }

    /// <summary>Why it cannot be matched, as a part of a sentence; null when it can, as far as is known.</summary>
    public string? Problem => _problem;

    /// <summary>Whether something in a text matches; false as well when it cannot be matched.</summary>
    public bool Matches(string text)
    {
        if (_problem is not null)
        {
            return false;
        }

        try
        {
            return _regex!.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            _problem = $"the pattern '{_pattern}' takes longer than {Limit.TotalSeconds:0.#} s for one line; write it without look-around and back references";
            return false;
        }
    }

    /// <summary>An expression with the limit, without going back where that can be.</summary>
    /// <exception cref="ArgumentException">It is no expression.</exception>
    public static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and the like.
            return new Regex(pattern, options, Limit);
        }
    }
}
