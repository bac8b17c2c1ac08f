using System.Text.RegularExpressions;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor.Bundle;

/// <summary>Decides which environment variables may be shown: those that are plainly harmless.</summary>
internal static partial class EnvironmentMask
{
    // Shorter ones are parts of many words.
    private const int ShortestSecret = 6;

    /// <summary>The value as it may be shown. Any other is noted as a secret, so that it is found where a program has quoted it.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="content">Where secrets are noted.</param>
    public static string Show(string name, string value, BundleContent content)
    {
        if (value.Length == 0 || Switch().IsMatch(value) || (HarmlessName().IsMatch(name) && !SecretNames.MayHold(name) && SecretSanitizer.Sanitize(value) == value))
        {
            return value;
        }

        Note(name, value, content);
        return SecretSanitizer.Mask;
    }

    /// <summary>Notes a value, and what in it is secret.</summary>
    public static void Note(string name, string value, BundleContent content)
    {
        if (value.Length >= ShortestSecret)
        {
            content.Hide(value);
        }

        foreach (var part in SecretParts.Of(name, value))
        {
            content.Hide(part);
        }
    }

    // ACCEPT_EULA=Y  DEBUG=false
    [GeneratedRegex(@"\A(?:true|false|yes|no|on|off|y|n|[01])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Switch();

    [GeneratedRegex(@"\A(?:PATH|HOME|HOSTNAME|LANG|LC_[A-Z]+|TZ|TERM|SHELL|PWD|DEBIAN_FRONTEND|(?:NODE|DOTNET|ASPNETCORE|PYTHON)_ENV(?:IRONMENT)?|ASPNETCORE_ENVIRONMENT|[A-Z0-9_]*(?:_VERSION|_PORT|_LOG_LEVEL)|LOG_LEVEL|MODE|DEBUG)\z", RegexOptions.CultureInvariant)]
    private static partial Regex HarmlessName();
}
