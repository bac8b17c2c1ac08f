using System.Text.RegularExpressions;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Logs;

/// <summary>A regular expression that lines are held against: without regard to case, as PowerShell does.</summary>
internal sealed class LinePattern
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly Regex _regex;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid when it is none.</exception>
    public LinePattern(string pattern)
    {
        try
        {
            _regex = UserPattern.Compile(pattern, Options);
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
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The regular expression '{_regex}' takes longer than {UserPattern.Limit.TotalSeconds:0.#} s for one line.", "Write it without look-around and back references, which take time beyond measure.", e);
        }
    }
}
