using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class SecretSanitizerTests
{
    [Theory]
    [InlineData("AccountName=devstoreaccount1;AccountKey=Eby8vdM0/K1SZ+Q==;BlobEndpoint=http://127.0.0.1:10000/x", "AccountName=devstoreaccount1;AccountKey=***;BlobEndpoint=http://127.0.0.1:10000/x")]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true", "Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=***;UseDevelopmentEmulator=true")]
    [InlineData("SharedAccessSignature=sv=2025&sig=abc;X=1", "SharedAccessSignature=***;X=1")]
    [InlineData("Server=127.0.0.1,1433;User ID=sa;Password=S3cr3t!;Encrypt=no", "Server=127.0.0.1,1433;User ID=sa;Password=***;Encrypt=no")]
    [InlineData("pwd='a;b c';db=1", "pwd=***;db=1")]
    [InlineData("SA_PASSWORD=geheim next", "SA_PASSWORD=*** next")]
    [InlineData("http://127.0.0.1:10000/d/c?sv=2025-01-05&sig=a%2Bb%3D&se=2026 done", "http://127.0.0.1:10000/d/c?sv=2025-01-05&sig=***&se=2026 done")]
    [InlineData("fetch https://user:p@ss@registry.example/azurite failed", "fetch https://***@registry.example/azurite failed")]
    [InlineData("postgres://postgres:geheim@127.0.0.1:5432/db?x=a@b", "postgres://***@127.0.0.1:5432/db?x=a@b")]
    [InlineData("Authorization: Bearer eyJ0.abc.def\nAccept: */*", "Authorization: Bearer ***\nAccept: */*")]
    [InlineData("{\"authorization\": \"SharedKey devstoreaccount1:abc=\", \"x\": 1}", "{\"authorization\": \"SharedKey ***\", \"x\": 1}")]
    [InlineData("Authorization: token123", "Authorization: ***")]
    [InlineData("//registry.example/:_authToken=npm_abc123 and _password=\"a b\"", "//registry.example/:_authToken=*** and _password=***")]
    public void Sanitize_Secret_IsMaskedAndTheRestStays(string text, string expected) => Assert.Equal(expected, SecretSanitizer.Sanitize(text));

    [Theory]
    [InlineData("")]
    [InlineData("npm http fetch GET 200 https://registry.example/@azure%2fidentity 12ms")]
    [InlineData("https://registry.example/@azure/identity and a@b.example")]
    [InlineData("Azurite Blob service is starting at http://127.0.0.1:10000")]
    [InlineData("the password is asked for; design=flat; signature ok")]
    [InlineData("AccountKeyName=x")]
    public void Sanitize_NoSecret_IsLeftAsItIs(string text) => Assert.Equal(text, SecretSanitizer.Sanitize(text));

    [Fact]
    public void Sanitize_Twice_ChangesNothingMore()
    {
        var once = SecretSanitizer.Sanitize("AccountKey=abc;Password=x;https://a:b@c/?sig=d Authorization: Basic abc");

        Assert.Equal(once, SecretSanitizer.Sanitize(once));
    }
}
