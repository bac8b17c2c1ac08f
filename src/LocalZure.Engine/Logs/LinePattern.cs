using System.Text.RegularExpressions;

namespace LocalZure.Engine.Logs;

/// <summary>A regular expression that lines are held against: without regard to case, as PowerShell does.</summary>
internal sealed class LinePattern
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>How long one line may take where the expression cannot be matched in linear time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid when it is none.</exception>
    public LinePattern(string pattern)
    {
        try
        {
            _regex = Compile(pattern);
        }
        catch (ArgumentException e)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{pattern}' is not a regular expression: {e.Message}", "Correct it; [regex]::Escape() makes one of a text that is meant literally.", e);
        }
    }

    /// <summary>Whether something in a text matches.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid when the expression takes too long.</exception>
    public bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The regular expression '{_regex}' takes longer than {Limit.TotalSeconds:0.#} s for one line.", "Write it without look-around and back references, which take time beyond measure.", e);
        }
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and the like.
            return new Regex(pattern, Options, Limit);
        }
    }
}
