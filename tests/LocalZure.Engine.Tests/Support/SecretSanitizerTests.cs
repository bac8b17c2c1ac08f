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
    [InlineData("SA_PASSWORD=geheim next", "SA_PASSWORD=***")]
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

    [Theory]
    [InlineData("Server=127.0.0.1,1433;User ID=sa;Password=planted1;Encrypt=no")]
    [InlineData("Server=127.0.0.1;Password=planted one;Encrypt=no")]
    [InlineData("Server=h;Password=\"planted;a\"\"b\";Encrypt=no")]
    [InlineData("Server=h;Password='planted;a''b';Encrypt=no")]
    [InlineData("Server=h;Pwd = planted!x")]
    [InlineData("Data Source=h;User Id=x;Account Key=planted==")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=planted/K1SZFPTOtr+KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:10000/x")]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=planted=;UseDevelopmentEmulator=true")]
    [InlineData("BlobEndpoint=http://h;SharedAccessSignature=sv=1&sig=planted%2Bb&se=2")]
    [InlineData("http://127.0.0.1:10000/d/c?sv=2025-01-05&sig=planted%2Bb%3D&se=2026 done")]
    [InlineData("https://h/?x=http%3A%2F%2Fh%3Fsig%3Dplanted%252B%26y")]
    [InlineData("https://h/api/f?code=planted== failed")]
    [InlineData("https://h/api?a=1&access_token=planted&b=2")]
    [InlineData("https://h/?api-key=planted")]
    [InlineData("postgres://postgres:planted@127.0.0.1:5432/db?x=a@b")]
    [InlineData("postgres://u:pl/planted@h/db")]
    [InlineData("postgres://u:a?planted#x@h:5432/db")]
    [InlineData("redis://:planted@h:6379")]
    [InlineData("https://planted@registry.example/a")]
    [InlineData("amqp://guest:plan@planted@h")]
    [InlineData("Authorization: Bearer planted")]
    [InlineData("{\"authorization\": \"SharedKey devstoreaccount1:planted=\", \"x\": 1}")]
    [InlineData("Proxy-Authorization=Basic planted")]
    [InlineData("X-Registry-Auth: planted")]
    [InlineData("Set-Cookie: session=planted; Path=/")]
    [InlineData("curl -H \"Authorization: Bearer planted.x\"")]
    [InlineData("got Bearer planted1234 here")]
    [InlineData("SharedKey acct:plantedplanted==")]
    [InlineData("{\"password\":\"planted\"}")]
    [InlineData("{\"password\": \"pla\\\"planted\"}")]
    [InlineData("{\"a\":{\"clientSecret\":\"planted\",\"b\":1}}")]
    [InlineData("{\\\"password\\\":\\\"planted\\\",\\\"x\\\":1}")]
    [InlineData("'password': 'planted'")]
    [InlineData("password: planted")]
    [InlineData("  password: planted with spaces")]
    [InlineData("  - apiKey: planted")]
    [InlineData("db.password=planted with spaces")]
    [InlineData("DB_PASSWORD=planted;more planted")]
    [InlineData("export DB_PASS=\"planted x\"")]
    [InlineData("  MYSQL_ROOT_PASSWORD=planted planted")]
    [InlineData("MY_KEY=planted planted")]
    [InlineData("GITHUB_TOKEN=planted")]
    [InlineData("AZURE_CLIENT_SECRET=planted")]
    [InlineData("SA_PASSWORD='planted ; x'")]
    [InlineData("SAS_TOKEN=?sv=1&sig=planted")]
    [InlineData("JWT=planted")]
    [InlineData("user sa, password: planted, host x")]
    [InlineData("invalid api key: planted123")]
    [InlineData("token: planted0")]
    [InlineData("//registry.example/:_authToken=planted and _password=\"planted b\"")]
    [InlineData("_auth=planted")]
    [InlineData("{\"auth\":\"planted\"}")]
    [InlineData("\"identitytoken\": \"planted\"")]
    [InlineData("docker login -u me -p planted registry")]
    [InlineData("docker login --password planted registry")]
    [InlineData("mysql -uroot -pplanted db")]
    [InlineData("sqlcmd -S . -U sa -P planted")]
    [InlineData("redis-cli -a planted ping")]
    [InlineData("[\"redis-server\",\"--requirepass\",\"planted\"]")]
    [InlineData("redis-server --requirepass planted --port 1")]
    [InlineData("requirepass planted")]
    [InlineData("az storage blob list --account-key planted --account-name x")]
    [InlineData("-AccountKey planted")]
    [InlineData("--token=planted")]
    [InlineData("machine registry.example login me password planted")]
    [InlineData("CREATE LOGIN x WITH PASSWORD = 'planted'")]
    [InlineData("CREATE USER x IDENTIFIED BY 'planted'")]
    [InlineData("ALTER ROLE x PASSWORD 'planted'")]
    [InlineData("<Password>planted</Password>")]
    [InlineData("<add key=\"ApiKey\" value=\"planted\" />")]
    [InlineData("{\"name\":\"DB_PASSWORD\",\"value\":\"planted\"}")]
    [InlineData("- name: DB_PASSWORD\n  value: planted")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJQTEFOVEVEIn0.planted")]
    [InlineData("ghp_plantedplantedplanted123")]
    [InlineData("npm_plantedplantedplanted123")]
    [InlineData("xoxb-1234-planted-planted")]
    [InlineData("sk_live_planted12345678")]
    [InlineData("Server=h\nPassword=planted\nX=1")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nplanted\nplanted==\n-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nplanted\nplanted")]
    [InlineData("MIIEplanted0000\nplantedAAAA=\n-----END PRIVATE KEY-----")]
    [InlineData("key -----BEGIN OPENSSH PRIVATE KEY-----planted")]
    [InlineData("$env:DB_PASSWORD = 'planted'")]
    [InlineData("$env:API_KEY=planted")]
    [InlineData("set PASSWORD=planted")]
    [InlineData("password => planted")]
    [InlineData(":password => \"planted\"")]
    [InlineData("Password := \"planted\"")]
    [InlineData("AccountEndpoint=https://h:8081/;AccountKey=planted==")]
    [InlineData("password=planted&user=x")]
    [InlineData("mongodb+srv://me:planted@cluster/db")]
    [InlineData("spring.datasource.password=planted x")]
    [InlineData("passphrase: planted")]
    [InlineData("credentials: planted")]
    [InlineData("Ocp-Apim-Subscription-Key: planted")]
    [InlineData("x-functions-key: planted")]
    [InlineData("x-api-key: planted")]
    [InlineData("HMAC_KEY=planted")]
    [InlineData("ConnectionStrings__db=Server=h;Password=planted;")]
    [InlineData("{\"ConnectionStrings\":{\"db\":\"Server=h;Password=planted;Encrypt=no\"}}")]
    [InlineData("FATAL: bad option --password=planted")]
    [InlineData("Env:[DB_PASSWORD=planted X=1]")]
    [InlineData("[DB_PASSWORD=planted, X=1]")]
    [InlineData("{\"auths\":{\"registry.example\":{\"auth\":\"cGxhbnRlZDpwbGFudGVk\"}}}")]
    [InlineData("Authorization: Basic cGxhbnRlZDpwbGFudGVk")]
    [InlineData("sent Basic cGxhbnRlZDpwbGFudGVk to it")]
    [InlineData("secret.yaml: UGFzc3dvcmQ9cGxhbnRlZA==")]
    public void Sanitize_PlantedSecret_IsGoneForGood(string text)
    {
        var once = SecretSanitizer.Sanitize(text);

        Assert.DoesNotContain("planted", once, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cGxhbnRlZ", once, StringComparison.Ordinal);
        Assert.Equal(once, SecretSanitizer.Sanitize(once));
        Assert.Equal(text.Count(letter => letter == '\n'), once.Count(letter => letter == '\n'));
    }

    [Theory]
    [InlineData("npm http fetch GET 200 https://registry.example/@azure%2fidentity 12ms")]
    [InlineData("https://registry.example/@azure/identity and a@b.example")]
    [InlineData("Azurite Blob service is starting at http://127.0.0.1:10000")]
    [InlineData("the password is asked for; design=flat; signature ok")]
    [InlineData("AccountKeyName=x")]
    [InlineData("sha256:830430c1abcdef0123456789abcdef0123456789abcdef0123456789abcdef01")]
    [InlineData("image redis@sha256:830430c1abcdef0123456789abcdef0123456789abcdef0123456789abcdef01")]
    [InlineData("84f9172f9ec584f9172f9ec584f9172f9ec584f9172f9ec584f9172f9ec584f9")]
    [InlineData("\"integrity\": \"sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==\"")]
    [InlineData("c56a4180-65aa-42ec-a945-5fd21dec0538")]
    [InlineData("/var/lib/docker/volumes/localzure-blob-data/_data")]
    [InlineData("/home/someone/.local/share/localzure/logs/localzure-blob/out.log")]
    [InlineData("C:\\Users\\someone\\AppData\\Local\\LocalZure\\errors")]
    [InlineData("SyntaxError: Unexpected token: end of input")]
    [InlineData("SyntaxError: Unexpected token } in JSON at position 12")]
    [InlineData("Basic authentication is not allowed")]
    [InlineData("Bearer authentication required")]
    [InlineData("localzure-blob ended with exit code 137 while it was starting.")]
    [InlineData("Error: listen EADDRINUSE: address already in use 127.0.0.1:10000")]
    [InlineData("    at Server.setupListenHandle [as _listen2] (node:net:1817:16)")]
    [InlineData("FATAL:  password authentication failed for user \"postgres\"")]
    [InlineData("POSTGRES_PASSWORD_FILE=/run/secrets/pg")]
    [InlineData("docker login --password-stdin registry.example")]
    [InlineData("PublicKeyToken=null")]
    [InlineData("keyboard: us")]
    [InlineData("monkey: business as usual")]
    [InlineData("the key is at /etc/ssl/private/server.key")]
    [InlineData("Port 10000 of 127.0.0.1, which was asked for as 'blob' of blob, is taken by the process 'node' (pid 4711).")]
    [InlineData("https://go.microsoft.com/fwlink/?LinkID=113216")]
    [InlineData("author: someone")]
    [InlineData("authenticated: true")]
    [InlineData("foreign key: none of them")]
    [InlineData("primary key (id)")]
    [InlineData("KeyVault=http://127.0.0.1:4997")]
    [InlineData("bypass: true")]
    [InlineData("passed: 12")]
    [InlineData("tokens: 12")]
    [InlineData("assignment: 5")]
    [InlineData("design: flat")]
    [InlineData("cancellationToken was null")]
    [InlineData("SharedAccessKeyName=RootManageSharedAccessKey")]
    public void Sanitize_Harmless_StaysReadable(string text) => Assert.Equal(text, SecretSanitizer.Sanitize(text));

    [Fact]
    public void SanitizeLines_KeyOverLines_IsMaskedLineByLine() => Assert.Equal(
        ["before", "***", "***", "***", "after"],
        SecretSanitizer.SanitizeLines(["before", "-----BEGIN PRIVATE KEY-----", "MIIEvQIBADANBgkqhkiG9w0B", "-----END PRIVATE KEY-----", "after"]));

    [Fact]
    public void SanitizeLines_LineWithBreaks_StaysOne() => Assert.Equal(["a\nPassword=***", "b"], SecretSanitizer.SanitizeLines(["a\nPassword=x", "b"]));

    [Theory]
    [InlineData("Password")]
    [InlineData("password=\"")]
    [InlineData("://a:b/")]
    [InlineData("token: ")]
    [InlineData("MY_KEY")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("AAAA\n")]
    public void Sanitize_HostileText_TakesNoMoreThanItsLengthDeserves(string part)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var clean = SecretSanitizer.Sanitize(string.Concat(Enumerable.Repeat(part, 4000)));

        Assert.DoesNotContain("withheld", clean, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void Sanitize_Twice_ChangesNothingMore()
    {
        var once = SecretSanitizer.Sanitize("AccountKey=abc;Password=x;https://a:b@c/?sig=d Authorization: Basic abc");

        Assert.Equal(once, SecretSanitizer.Sanitize(once));
    }
}
