using System.Text.RegularExpressions;

namespace LocalZure.Engine.Lifecycle;

/// <summary>What service and instance names may look like.</summary>
internal static partial class NameRule
{
    /// <summary>Checks a name before anything is called.</summary>
    /// <param name="kind">What it names: <c>service</c> or <c>instance</c>.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public static void Check(string kind, string name)
    {
        if (!Allowed().IsMatch(name))
        {
            throw new LocalZureException(ErrorCode.NameInvalid, $"'{Shortened(name)}' is not a valid {kind} name.");
        }
    }

    private static string Shortened(string name) => name.Length <= 80 ? name : $"{name[..77]}...";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,62}\z")]
    private static partial Regex Allowed();
}
