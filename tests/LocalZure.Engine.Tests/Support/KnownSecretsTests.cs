using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class KnownSecretsTests
{
    private const string Secret = "p@ss \"w;rd\"/+ü";

    public static TheoryData<string> Spellings() =>
    [
        $"wrong: {Secret}!",
        $"postgres://me:{Uri.EscapeDataString(Secret)}@h/db",
        System.Text.Json.JsonSerializer.Serialize(new { x = Secret }),
        $"x {Base64(Secret)} y",
        $"X-Auth {Base64("user:" + Secret)}",
        $"X-Auth {Base64("me:" + Secret)}",
        $"X-Auth {Base64("a:" + Secret + " and more text behind it")}",
        $"url {Base64("ab" + Secret).Replace('+', '-').Replace('/', '_').TrimEnd('=')}",
        $"pwsh -EncodedCommand {Convert.ToBase64String(Encoding.Unicode.GetBytes($"login '{Secret}'"))}",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Sanitize_AnySpelling_IsMasked(string text)
    {
        var clean = new KnownSecrets([Secret]).Sanitize(text);

        Assert.Contains("***", clean, StringComparison.Ordinal);
        foreach (var part in new[] { "p@ss", "w;rd", "cEBzcyA", "BAc3MgI", "QHNzIC" })
        {
            Assert.DoesNotContain(part, clean, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sanitize_LinesOfASecret_AreMaskedEach() =>
        Assert.Equal("a *** b\n*** c", new KnownSecrets(["first line\r\nsecond line"]).Sanitize("a first line b\nsecond line c"));

    [Fact]
    public void Sanitize_ShortOrNone_LeavesTheText() => Assert.Equal("a dev 1 b", new KnownSecrets(["dev", "1", "", "\n"]).Sanitize("a dev 1 b"));

    [Fact]
    public void Sanitize_LongestFirst_LeavesNoRest() => Assert.Equal("x *** y", new KnownSecrets(["secret", "secret-and-more"]).Sanitize("x secret-and-more y"));

    [Fact]
    public void Sanitize_HalfACharacter_IsNoFailure() => Assert.Equal("***", new KnownSecrets(["abc\ud800d"]).Sanitize("abc\ud800d"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
