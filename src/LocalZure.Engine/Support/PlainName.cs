using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>The names that services, instances and volumes may have: lower-case letters, digits, <c>. _ -</c>, 63 at most, beginning with a letter or digit.</summary>
internal static partial class PlainName
{
    /// <summary>Whether a text is one.</summary>
    public static bool Allows(string text) => Allowed().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,62}\z")]
    private static partial Regex Allowed();
}
