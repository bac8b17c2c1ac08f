using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Takes secrets out of text that is shown, logged or kept, and leaves the rest as it is.</summary>
internal static partial class SecretSanitizer
{
    private const string Mask = "***";

    /// <summary>The text with <c>***</c> in place of every secret that can be recognised.</summary>
    public static string Sanitize(string text)
    {
        text = NamedValue().Replace(text, "$1" + Mask);
        text = UrlCredentials().Replace(text, "$1" + Mask + "@");
        text = Signature().Replace(text, "$1" + Mask);
        text = Authorization().Replace(text, "$1" + Mask);
        return PackageToken().Replace(text, "$1" + Mask);
    }

    // AccountKey=Eby8…==;  SharedAccessKey="…"  Pwd='a;b'
    [GeneratedRegex("""(?<![A-Za-z])((?:AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)\s*=\s*)(?:"[^"]*"|'[^']*'|[^;\s"']+)""", RegexOptions.IgnoreCase)]
    private static partial Regex NamedValue();

    // https://user:secret@host/ and https://token@host/; no '@' of a path or query is taken for one
    [GeneratedRegex("""(://)[^/?#\s@"']+(?:@[^/?#\s@"']+)*@""")]
    private static partial Regex UrlCredentials();

    // …?sv=2025-01-05&sig=a%2Bb%3D&se=…
    [GeneratedRegex("""((?<![A-Za-z])sig=)[^&\s"';]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();

    // Authorization: Bearer eyJ…  "authorization": "SharedKey devstoreaccount1:…"
    [GeneratedRegex("""((?:Proxy-)?Authorization["']?\s*[:=]\s*["']?(?:(?:Basic|Bearer|SharedKey(?:Lite)?|SharedAccessSignature|Digest|Negotiate)\s+)?)[^\s"'][^"'\r\n]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Authorization();

    // //registry.example/:_authToken=npm_…  _password="…"
    [GeneratedRegex("""(_(?:authToken|auth|password)\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s"']+)""", RegexOptions.IgnoreCase)]
    private static partial Regex PackageToken();
}
