using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Tells by its name whether a setting is a secret.</summary>
internal static partial class SecretNames
{
    /// <summary>
    /// The end of every name that is one, as a part of regular expressions that ignore case: <c>Password</c>, <c>DB_PASS</c>, <c>AccountKey</c>,
    /// <c>Ocp-Apim-Subscription-Key</c>, <c>clientSecret</c>, <c>id_token</c>. Not <c>SharedAccessKeyName</c>, <c>PublicKey</c>, <c>password_file</c>, <c>bypass</c>.
    /// </summary>
    public const string End =
        "(?:password|passwd|passwort|passphrase|passcode|(?<![A-Za-z])pass|pwd|secret|secrets|secret[_-]?(?:value|string)|token|credentials?|signature|(?<![A-Za-z])(?:sig|sas|jwt)|requirepass|masterauth|_auth"
        + "|(?:account|access|api|shared|primary|secondary|master|private|secret|encryption|signing|subscription|functions?|host|storage|cosmos|client|auth|admin|license|symmetric|hmac|session|webhook|service|app)[ _.-]?key"
        + "|(?-i:[A-Z0-9]_KEY))";

    /// <summary>Whether the name says that all of the value is a secret.</summary>
    public static bool IsSecret(string name) => Narrow().IsMatch(name);

    /// <summary>Whether a variable of that name may hold a secret, or a text with one in it, such as a connection string.</summary>
    public static bool MayHold(string name) => Broad().IsMatch(name);

    // AccountKey, SharedAccessKey, MYSQL_PASSWORD, Pwd, Client Secret; not SharedAccessKeyName
    [GeneratedRegex("(?:key|password|passwd|passphrase|pwd|pass|secret|signature|token|credentials?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Narrow();

    // API_KEY, DB_PASSWORD, GITHUB_TOKEN, ConnectionStrings__db
    [GeneratedRegex("KEY|SECRET|PASS|PWD|TOKEN|CREDENTIAL|CONNECTION|AUTH|SIGNATURE|JWT|SAS|COOKIE|DSN|PRIVATE|CERT", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Broad();
}
