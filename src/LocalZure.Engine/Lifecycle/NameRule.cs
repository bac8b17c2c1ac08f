using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>What service and instance names may look like.</summary>
internal static class NameRule
{
    /// <summary>Checks a name before anything is called.</summary>
    /// <param name="kind">What it names: <c>service</c> or <c>instance</c>.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public static void Check(string kind, string name)
    {
        if (!PlainName.Allows(name))
        {
            throw new LocalZureException(ErrorCode.NameInvalid, $"'{Shortened(name)}' is not a valid {kind} name.");
        }
    }

    private static string Shortened(string name) => name.Length <= 80 ? name : $"{name[..77]}...";
}
