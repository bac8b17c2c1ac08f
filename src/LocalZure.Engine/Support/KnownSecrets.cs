using System.Text;
using System.Text.Json;

namespace LocalZure.Engine.Support;

/// <summary>Takes texts that are known to be secrets out of others: as they are, within a URL or JSON, and as Base64 of themselves alone or among other things.</summary>
internal sealed class KnownSecrets
{
    // Shorter ones, "1" or "dev", are parts of many words, and without them no text could be read.
    private const int Shortest = 4;

    // So many letters of Base64 are in no other word.
    private const int ShortestEncoded = 6;

    private static readonly System.Buffers.SearchValues<char> Base64Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

    private readonly IReadOnlyList<string> _texts;
    private readonly Lazy<IReadOnlyList<string>> _encoded;

    /// <summary>Creates one.</summary>
    /// <param name="secrets">The secrets; those of less than four letters are passed over, and each line of one of several lines is one.</param>
    public KnownSecrets(IEnumerable<string> secrets)
    {
        var all = secrets.SelectMany(secret => secret.Split('\n', StringSplitOptions.TrimEntries).Append(secret)).Where(secret => secret.Length >= Shortest).Distinct(StringComparer.Ordinal).ToList();
        _texts = all.SelectMany(Spellings).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length).ToList();
        _encoded = new Lazy<IReadOnlyList<string>>(() => all.Where(secret => secret.Length >= ShortestEncoded).SelectMany(InBase64).Distinct(StringComparer.Ordinal).ToList());
    }

    /// <summary>The text without them, and without what else looks like a secret.</summary>
    public string Sanitize(string text) => SecretSanitizer.Sanitize(Mask(text));

    /// <summary>The same for lines that belong together.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="longest">Of a longer line only so many letters are kept, the rest unread: a line may be as long as a file.</param>
    public IReadOnlyList<string> SanitizeLines(IReadOnlyList<string> lines, int longest = int.MaxValue) =>
        SecretSanitizer.SanitizeLines(lines.Select(Mask).Select(line => line.Length > longest ? line[..longest] + "…" : line).ToList());

    private string Mask(string text)
    {
        text = _texts.Aggregate(text, (masked, secret) => masked.Replace(secret, SecretSanitizer.Mask, StringComparison.Ordinal));
        return text.Length < 2 * Shortest ? text : _encoded.Value.Aggregate(text, MaskAround);
    }

    // p@ss"word is p%40ss%22word in a URL and p@ss\"word in JSON.
    private static IEnumerable<string> Spellings(string secret) => secret.Any(char.IsSurrogate) ? [secret] :
        [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString(), JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()];

    // Base64 of "user:" and the secret differs from that of the secret by where in a group of three bytes it begins: 0, 1 or 2.
    private static IEnumerable<string> InBase64(string secret)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret) })
        {
            for (var shift = 0; shift < 3; shift++)
            {
                var shifted = new byte[shift + bytes.Length];
                bytes.CopyTo(shifted, shift);

                // Only letters that are made of nothing but the secret: 6 bits each.
                var first = ((shift * 8) + 5) / 6;
                var needle = Convert.ToBase64String(shifted)[first..(shifted.Length * 8 / 6)];
                yield return needle;
                yield return needle.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static string MaskAround(string text, string needle)
    {
        for (var at = text.IndexOf(needle, StringComparison.Ordinal); at >= 0; at = text.IndexOf(needle, Math.Min(at, text.Length), StringComparison.Ordinal))
        {
            var first = text.AsSpan(0, at).LastIndexOfAnyExcept(Base64Letters) + 1;
            var length = text.AsSpan(at).IndexOfAnyExcept(Base64Letters);
            text = $"{text.AsSpan(0, first)}{SecretSanitizer.Mask}{(length < 0 ? "" : text.AsSpan(at + length))}";
            at = first + SecretSanitizer.Mask.Length;
        }

        return text;
    }
}
