using System.Globalization;
using System.Text;

namespace LocalZure.Integration.Tests.Support;

/// <summary>200 secrets of every kind, each with the line in which a program quotes it. No two runs have the same.</summary>
internal sealed class PlantedSecrets
{
    // {0} is the secret, {1} Base64 of "user:" and the secret. Nothing but their look tells these.
    private static readonly string[] Looks =
    [
        "cannot connect with Server=h;User ID=sa;Password={0};Encrypt=no", "Server=h;Pwd='{0};x';Encrypt=no", "Server=h;Password=\"{0};a\"\"b\";X=1", "AccountName=a;AccountKey={0}==;BlobEndpoint=http://h",
        "Endpoint=sb://h;SharedAccessKeyName=Root;SharedAccessKey={0}=;X=1", "GET http://h/c?sv=2025-01-05&sig={0}%3D&se=2026 403", "BlobEndpoint=http://h;SharedAccessSignature=sv=1&sig={0}&se=2", "postgres://me:{0}@h:5432/db refused",
        "redis://:{0}@h:6379 refused", "fetch https://{0}@registry.example/a", "amqp://guest:{0}@h", "Authorization: Bearer {0}", "{{\"authorization\":\"SharedKey acct:{0}=\",\"x\":1}}", "Authorization: Basic {1}", "X-Registry-Auth: {1}",
        "{{\"password\":\"{0}\",\"user\":\"me\"}}", "{{\\\"clientSecret\\\":\\\"{0}\\\",\\\"x\\\":1}}", "'apiKey': '{0}', 'x': 1", "password: {0}", "  - name: x, token: {0}1", "DB_PASSWORD={0} and more of it", "export MYSQL_PWD=\"{0}\"", "GITHUB_TOKEN={0}",
        "AZURE_CLIENT_SECRET={0};x", "MY_STORAGE_KEY={0}", "//registry.example/:_authToken={0}", "_password=\"{0}\"", "{{\"auths\":{{\"r.example\":{{\"auth\":\"{1}\"}}}}}}", "\"identitytoken\": \"{0}\"", "docker login -u me -p {0} r.example", "sqlcmd -S . -P {0}",
        "[\"app\",\"--api-key\",\"{0}\"]", "run --password={0} now", "requirepass {0}", "machine r.example login me password {0}", "CREATE LOGIN x WITH PASSWORD = '{0}'", "<Password>{0}</Password>", "<add key=\"ApiKey\" value=\"{0}\" />", "{{\"name\":\"DB_PASSWORD\",\"value\":\"{0}\"}}",
        "ghp_{0}0123456789abcdef", "Set-Cookie: session={0}; Path=/",
    ];

    private static readonly string[] SecretNames = ["DB_PASSWORD", "API_KEY", "GITHUB_TOKEN", "CLIENT_SECRET", "ConnectionStrings__main", "JWT_SIGNING", "SAS_URL", "SMTP_CREDENTIALS"];

    private readonly List<string> _all = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Lines that quote secrets which nothing but their look tells.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>Variables of a call, under names of all sorts, whose values are secrets or hold one.</summary>
    public IReadOnlyDictionary<string, string> Given { get; private init; } = new Dictionary<string, string>();

    /// <summary>Variables of a file, under names of secrets.</summary>
    public IReadOnlyDictionary<string, string> Written { get; private init; } = new Dictionary<string, string>();

    /// <summary>Lines that quote the variables: as they are, in a URL, in JSON and in Base64.</summary>
    public IReadOnlyList<string> Quotes { get; private init; } = [];

    /// <summary>Plants them.</summary>
    public static PlantedSecrets Create()
    {
        var all = new List<string>();
        var lines = Enumerable.Range(0, 120).Select(number => string.Format(CultureInfo.InvariantCulture, Looks[number % Looks.Length], New(all), Base64("user:" + all[^1]))).ToList();
        var given = Enumerable.Range(0, 50).ToDictionary(number => $"{(number % 2 == 0 ? "NEUTRAL" : SecretNames[number % SecretNames.Length])}_{number}", _ => New(all), StringComparer.Ordinal);
        var written = Enumerable.Range(0, 20).ToDictionary(number => $"FILE_{number}_{SecretNames[number % SecretNames.Length]}", _ => New(all), StringComparer.Ordinal);
        var inside = Enumerable.Range(0, 10).ToDictionary(number => $"SERVER_URL_{number}", _ => $"postgres://me:{New(all)}@h/db", StringComparer.Ordinal);
        var quotes = given.Values.Concat(written.Values).SelectMany((value, number) => number % 4 == 0 ? new[] { $"got {value}!", $"x {Base64("me:" + value)} y" } : [number % 4 == 1 ? $"json \"{value}\\n\"" : number % 4 == 2 ? $"b64 {Base64(value)}" : $"at h/{value}/x"])
            .Concat(inside.Values.Select(value => $"the password {value.Split(':', '@')[2]} was refused")).ToList();
        var planted = new PlantedSecrets { Lines = lines, Given = given.Concat(inside).ToDictionary(StringComparer.Ordinal), Written = written, Quotes = quotes };
        planted._all.AddRange(all);
        return planted;
    }

    /// <summary>The secrets that a text has, as they are or in Base64.</summary>
    public IReadOnlyList<string> In(string text) =>
        _all.Where(secret => text.Contains(secret, StringComparison.Ordinal) || text.Contains(Base64(secret)[..^4], StringComparison.Ordinal) || text.Contains(Base64("user:" + secret)[8..^4], StringComparison.Ordinal) || text.Contains(Base64("me:" + secret)[4..^4], StringComparison.Ordinal)).ToList();

    private static string New(List<string> all)
    {
        all.Add($"Pl4nt{Guid.NewGuid():N}"[..25]);
        return all[^1];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
