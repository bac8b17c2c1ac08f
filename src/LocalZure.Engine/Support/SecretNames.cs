using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Tells by its name whether an environment variable holds a secret.</summary>
internal static partial class SecretNames
{
    /// <summary>Whether the name is one of a secret, for example <c>API_KEY</c>, <c>DB_PASSWORD</c>, <c>GITHUB_TOKEN</c> or <c>ConnectionStrings__db</c>.</summary>
    public static bool Has(string name) => name is not ("PWD" or "OLDPWD") && Form().IsMatch(name);

    [GeneratedRegex("KEY|SECRET|PASSW|PWD|TOKEN|CREDENTIAL|CONNECTION", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
