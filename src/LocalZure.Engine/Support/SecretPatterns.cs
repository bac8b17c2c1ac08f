using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>
/// What secrets look like in texts. Every pattern takes time that grows with the text and no faster: repeats are bounded, or end where
/// nothing of them can begin anew. The limit is for what was overlooked. A mask is never taken for a secret.
/// </summary>
internal static partial class SecretPatterns
{
    private const int Limit = 2000;

    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const RegexOptions AnyLine = AnyCase | RegexOptions.Multiline;

    private const string Name = SecretNames.End;

    // "a\"b", 'a''b', and one whose end was cut off
    private const string Quoted = """(?:"(?:[^"\\\r\n]|\\.|"")*(?:"|$|(?=[\r\n]))|'(?:[^'\\\r\n]|\\.|'')*(?:'|$|(?=[\r\n])))""";

    /// <summary>Keys of several lines, masked line by line.</summary>
    public static IReadOnlyList<Regex> Keys { get; } = [PrivateKey(), EndOfPrivateKey()];

    /// <summary>Secrets within a line, each after its group "before", in the order in which they are looked for.</summary>
    public static IReadOnlyList<Regex> Values { get; } =
    [
        UrlUser(), UrlPassword(), Query(), Header(), Scheme(), Basic(), EscapedSetting(), QuotedSetting(), NameAndValue(), NameAboveValue(), Line(), UpperLine(), Connection(),
        Setting(), Colon(), LongColon(), Option(), ShortOption(), LoginProgram(), Statement(), Directive(), Element(), WebToken(), KnownToken(), AccountKey(), PolicyKey(),
    ];

    // At least 16 letters, that is 12 bytes
    /// <summary>What may be Base64 of a text.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])", RegexOptions.CultureInvariant, Limit)]
    public static partial Regex Encoded();

    // -----BEGIN RSA PRIVATE KEY-----, to its end or that of the text
    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\z)", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex PrivateKey();

    // The last lines of a log may begin within a key.
    [GeneratedRegex(@"(?<![A-Za-z0-9+/=]\r?\n)^(?:[A-Za-z0-9+/=]{2,}\r?\n)+-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----", RegexOptions.Multiline | RegexOptions.CultureInvariant, Limit)]
    private static partial Regex EndOfPrivateKey();

    // https://user:secret@host/ and https://token@host/; no '@' of a path or query is taken for one
    [GeneratedRegex("""(?<before>://)(?!\*\*\*@)[^/?#\s@"']+(?:@[^/?#\s@"']+)*(?<after>@)""", AnyCase, Limit)]
    private static partial Regex UrlUser();

    // postgres://user:se/cr?et#@host/, which no URL should be; http://host:80/path@1 is one
    [GeneratedRegex("""(?<before>://[^/?#\s@:"']{0,200}:)(?![0-9]{1,5}(?:[/?#]|$))[^\s@"'/?#]{0,200}[/?#][^\s@"']{0,200}(?<after>@)(?=[A-Za-z0-9.\[])""", AnyCase, Limit)]
    private static partial Regex UrlPassword();

    // …?sv=2025-01-05&sig=a%2Bb%3D&se=…, ?code=…, &access_token=…, and the same encoded once more: sig%3Da%252B
    [GeneratedRegex("(?<before>(?:(?<![A-Za-z])sig|[?&](?:code|key|auth|[A-Za-z0-9_.-]{0,40}" + Name + """))(?:=|%3D))(?!\*\*\*)[^&\s"';#]+""", AnyCase, Limit)]
    private static partial Regex Query();

    // Authorization: Bearer eyJ…  "authorization": "SharedKey devstoreaccount1:…"  X-Registry-Auth: …  Set-Cookie: a=b; Path=/
    [GeneratedRegex("""(?<before>(?:(?:Proxy-|X-)?Authorization|X-Registry-Auth|X-Auth-Token|X-Vault-Token|(?<![A-Za-z])(?:Set-)?Cookie)\\{0,2}["']?[ \t]*[:=][ \t]*\\{0,2}["']?(?>(?:(?:Basic|Bearer|SharedKey(?:Lite)?|SharedAccessSignature|Digest|Negotiate)[ \t]+)?))(?!\*\*\*)[^\s"'\\][^"'\r\n\\]*""", AnyCase, Limit)]
    private static partial Regex Header();

    // Bearer abc.def-123, but not "Bearer authentication"; SharedKey devstoreaccount1:Q2hhbmdl…
    [GeneratedRegex("""(?<before>\bBearer[ \t]+)(?=[^\s"',;]{0,200}[0-9]|[^\s"',;]{20})[A-Za-z0-9._~+/=-]{6,}|(?<before>\bSharedKey(?:Lite)?[ \t]+[A-Za-z0-9]+:)[A-Za-z0-9+/=]{8,}""", AnyCase, Limit)]
    private static partial Regex Scheme();

    // Basic dXNlcjpwYXNz, but not "Basic authentication"
    [GeneratedRegex("""(?<before>\b(?i:Basic)[ \t]+)(?=[A-Za-z0-9+/]{0,200}(?:[A-Z0-9]|=))(?=[A-Za-z0-9+/]{8})(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Basic();

    // {\"password\":\"a;b\"}, JSON within JSON
    [GeneratedRegex("(?<before>" + Name + """(?:\\{1,3}["'])[ \t]*[:=][ \t]*\\{1,3}["'])(?!\*\*\*)(?:[^"'\\\r\n]|\\{1,8}[^"'\\\r\n])*""", AnyCase, Limit)]
    private static partial Regex EscapedSetting();

    // Password="a;""b"  pwd='a;b'  "clientSecret": "x"  'token': 'x'  "auth": "dXNlcjpwYXNz"
    [GeneratedRegex("(?<before>(?:" + Name + """|"auth(?="))["']?[ \t]*(?:=>|:=|=(?!=)|:)[ \t]*)(?!"\*\*\*"|'\*\*\*')""" + Quoted, AnyCase, Limit)]
    private static partial Regex QuotedSetting();

    // {"name":"DB_PASSWORD","value":"x"}  <add key="ApiKey" value="x" />
    [GeneratedRegex("""(?<before>(?:name|key)["']?[ \t]*[:=][ \t]*["'][^"'\r\n]{0,64}""" + Name + """["'][ \t]*,?[ \t]*["']?value["']?[ \t]*[:=][ \t]*)(?!"\*\*\*"|'\*\*\*')""" + Quoted, AnyCase, Limit)]
    private static partial Regex NameAndValue();

    // - name: DB_PASSWORD
    //   value: x
    [GeneratedRegex("(?<before>name:[ \t]*[\"']?[A-Za-z0-9_.-]{0,64}" + Name + "[\"']?[ \t]*\r?\n[ \t]*value:[ \t]*)(?!\\*\\*\\*)[^\\s][^\r\n]*", AnyCase, Limit)]
    private static partial Regex NameAboveValue();

    // "db.password=correct horse", "  password: correct horse" and "- apiKey: x", to the end of the line
    [GeneratedRegex("(?<before>^[ \t]*(?:-[ \t]+|export[ \t]+|set[ \t]+|env[ \t]+|-e[ \t]+|\\$env:)?[A-Za-z0-9_.:-]{0,64}" + Name + "[\"']?[ \t]*(?:=(?!=)|:[ \t]))(?![ \t]*[\"']?\\*\\*\\*)[ \t]*[^;\"'\\s][^;\r\n]*(?=\r?$)", AnyLine, Limit)]
    private static partial Regex Line();

    // DB_PASSWORD=a;b c, as programs list their environment
    [GeneratedRegex("(?<before>^[ \t]*(?:-[ \t]+|export[ \t]+|ENV[ \t]+|-e[ \t]+)?(?-i:[A-Z][A-Z0-9_]{0,64})(?<=" + Name + ")=)(?![\"']?\\*\\*\\*)[^\"'\\s][^\r\n]*", AnyLine, Limit)]
    private static partial Regex UpperLine();

    // Server=h;Password=a b, in a connection string, where spaces need no quotes
    [GeneratedRegex("(?<before>;[ \t]*[A-Za-z ]{0,32}" + Name + "[ \t]*=)(?![ \t]*[\"']?\\*\\*\\*)[ \t]*[^;\"'\\s][^;\"'\r\n]*", AnyCase, Limit)]
    private static partial Regex Connection();

    // AccountKey=Eby8…==;  //registry.example/:_authToken=npm_…  token=abc
    [GeneratedRegex("(?<before>" + Name + """["']?[ \t]*(?:=>|:=|=(?!=))[ \t]*)(?!["'\\]?\*\*\*)[^\s;"'](?:[^\s;"']|["'](?=[A-Za-z0-9]))*""", AnyCase, Limit)]
    private static partial Regex Setting();

    // user: sa, password: abc
    [GeneratedRegex("""(?<before>(?:password|passwd|passphrase|pwd|secret|key)(?<=""" + Name + """)["']?[ \t]*:(?![:/])[ \t]*)(?!["'\\]?\*\*\*)[^\s,;"'}\])]{3,}""", AnyCase, Limit)]
    private static partial Regex Colon();

    // token: 0a1b2c, but not "Unexpected token: end of file"
    [GeneratedRegex("(?<before>" + Name + """["']?[ \t]*:(?![:/])[ \t]*)(?!["'\\]?\*\*\*)(?=[^\s,;"'}\])]{0,200}[0-9]|[^\s,;"'}\])]{20})[^\s,;"'}\])]{3,}""", AnyCase, Limit)]
    private static partial Regex LongColon();

    // --password hunter2  -AccountKey x, but not --password-stdin
    [GeneratedRegex("(?<before>(?<![^\\s\"'\\[,(])--?[A-Za-z0-9-]{0,40}" + Name + """["']?[ \t]*[ \t,][ \t]*)(?!-|["']?\*\*\*)(?:""" + Quoted + """|[^\s"'\],]+)""", AnyCase, Limit)]
    private static partial Regex Option();

    // docker login -u me -p hunter2   mysql -uroot -phunter2   sqlcmd -S . -P hunter2   redis-cli -a hunter2
    [GeneratedRegex("""(?<before>\b(?:login\b[^\r\n]{0,200}?[ \t]-p[ \t]+|mysql(?:admin|dump)?\b[^\r\n]{0,200}?[ \t]-p|sqlcmd\b[^\r\n]{0,200}?[ \t]-P[ \t]*|redis-cli\b[^\r\n]{0,200}?[ \t]-a[ \t]+))(?!\*\*\*|-)(?:""" + Quoted + """|[^\s"']+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex ShortOption();

    // machine registry.example login me password hunter2
    [GeneratedRegex("""(?<before>\blogin[ \t]+[^\s]{1,100}[ \t]+password[ \t]+)(?!\*\*\*)[^\s]+""", AnyCase, Limit)]
    private static partial Regex LoginProgram();

    // CREATE USER x IDENTIFIED BY 'hunter2'; ALTER ROLE x PASSWORD 'hunter2'
    [GeneratedRegex("""(?<before>\b(?:IDENTIFIED[ \t]+BY|PASSWORD)[ \t]+N?)(?!'\*\*\*')'(?:[^'\r\n]|'')*'""", AnyCase, Limit)]
    private static partial Regex Statement();

    // requirepass hunter2
    [GeneratedRegex("""(?<before>\b(?:requirepass|masterauth)[ \t]+)(?!["']?\*\*\*)(?:""" + Quoted + """|[^\s"']+)""", AnyCase, Limit)]
    private static partial Regex Directive();

    // <Password>hunter2</Password>
    [GeneratedRegex("(?<before><[A-Za-z0-9_:.-]{0,64}" + Name + """>)(?!\*\*\*)[^<\r\n]+""", AnyCase, Limit)]
    private static partial Regex Element();

    // eyJhbGciOi….eyJzdWIi….c2ln
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)*", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex WebToken();

    // Tokens that say what they are: GitHub, npm, Docker, GitLab, Slack, Stripe, Google, AWS, Hugging Face, PyPI, Entra ID
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|npm_[A-Za-z0-9]{16,}|dckr_[a-z]{2,5}_[A-Za-z0-9_-]{16,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_(?:live|test)_[A-Za-z0-9]{12,}|sk-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{30,}|AKIA[A-Z0-9]{16}|hf_[A-Za-z0-9]{20,}|pypi-[A-Za-z0-9_-]{20,}|[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{30,})", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex KnownToken();

    // The 64 bytes of a storage account's or Cosmos DB's key; sha512-… is a hash
    [GeneratedRegex("(?<!sha512[-:])(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{86}==(?!=)", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex AccountKey();

    // The 32 bytes of a policy's key; sha256-… is a hash
    [GeneratedRegex("(?<!sha256[-:])(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=(?!=)", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex PolicyKey();
}
