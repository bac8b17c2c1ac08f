using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>What a secret within a line looks like.</summary>
/// <param name="Regex">The pattern, with what goes before the secret as the group "before" and what comes after as "after".</param>
/// <param name="Hints">Texts, whatever their case, without one of which no line can match.</param>
internal sealed record SecretPattern(Regex Regex, params string[] Hints)
{
    /// <summary>Masks what it finds in a line.</summary>
    public string Apply(string line) => Array.Exists(Hints, hint => line.Contains(hint, StringComparison.OrdinalIgnoreCase))
        ? Regex.Replace(line, match => $"{match.Groups["before"].Value}{SecretSanitizer.Mask}{match.Groups["after"].Value}")
        : line;
}
