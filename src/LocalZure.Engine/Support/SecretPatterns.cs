using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>
/// What secrets look like in texts. Every pattern takes time that grows with the text and no faster: repeats are bounded, or end where
/// nothing of them can begin anew. The limit is for what was overlooked. A mask is never taken for a secret.
/// </summary>
internal static class SecretPatterns
{
    private const int Limit = 2000;

    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const RegexOptions AnyLine = AnyCase | RegexOptions.Multiline;

    private const string Name = SecretNames.End;

    // "a\"b", 'a''b', and one whose end was cut off
    private const string Quoted = """(?:"(?:[^"\\\r\n]|\\.|"")*(?:"|$|(?=[\r\n]))|'(?:[^'\\\r\n]|\\.|'')*(?:'|$|(?=[\r\n])))""";

    // At least 16 letters, that is 12 bytes
    /// <summary>What may be Base64 of a text.</summary>
    public static readonly Regex Encoded = Pattern("(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])", RegexOptions.CultureInvariant);

    // -----BEGIN RSA PRIVATE KEY-----, to its end or that of the text
    private static readonly Regex PrivateKey = Pattern(@"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\z)", RegexOptions.CultureInvariant);

    // The last lines of a log may begin within a key.
    private static readonly Regex EndOfPrivateKey = Pattern(@"(?<![A-Za-z0-9+/=]\r?\n)^(?:[A-Za-z0-9+/=]{2,}\r?\n)+-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    // https://user:secret@host/ and https://token@host/; no '@' of a path or query is taken for one
    private static readonly Regex UrlUser = Pattern("""(?<before>://)(?!\*\*\*@)[^/?#\s@"']+(?:@[^/?#\s@"']+)*(?<after>@)""", AnyCase);

    // postgres://user:se/cr?et#@host/, which no URL should be; http://host:80/path@1 is one
    private static readonly Regex UrlPassword = Pattern("""(?<before>://[^/?#\s@:"']{0,200}:)(?![0-9]{1,5}(?:[/?#]|$))[^\s@"'/?#]{0,200}[/?#][^\s@"']{0,200}(?<after>@)(?=[A-Za-z0-9.\[])""", AnyCase);

    // …?sv=2025-01-05&sig=a%2Bb%3D&se=…, ?code=…, &access_token=…, and the same encoded once more: sig%3Da%252B
    private static readonly Regex Query = Pattern("(?<before>(?:(?:(?<![A-Za-z])|(?<=%[0-9A-F]{2}))sig|[?&](?:code|key|auth|[A-Za-z0-9_.-]{0,40}" + Name + """))(?:=|%3D))(?!\*\*\*)[^&\s"';#]+""", AnyCase);

    // Authorization: Bearer eyJ…  "authorization": "SharedKey devstoreaccount1:…"  X-Registry-Auth: …  Set-Cookie: a=b; Path=/
    private static readonly Regex Header = Pattern("""(?<before>(?:(?:Proxy-|X-)?Authorization|X-Registry-Auth|X-Auth-Token|X-Vault-Token|(?<![A-Za-z])(?:Set-)?Cookie)\\{0,2}["']?[ \t]*[:=][ \t]*\\{0,2}["']?(?>(?:(?:Basic|Bearer|SharedKey(?:Lite)?|SharedAccessSignature|Digest|Negotiate)[ \t]+)?))(?!\*\*\*)[^\s"'\\][^"'\r\n\\]*""", AnyCase);

    // Bearer abc.def-123, but not "Bearer authentication"; SharedKey devstoreaccount1:Q2hhbmdl…
    private static readonly Regex Scheme = Pattern("""(?<before>\bBearer[ \t]+)(?=[^\s"',;]{0,200}[0-9]|[^\s"',;]{20})[A-Za-z0-9._~+/=-]{6,}|(?<before>\bSharedKey(?:Lite)?[ \t]+[A-Za-z0-9]+:)[A-Za-z0-9+/=]{8,}""", AnyCase);

    // Basic dXNlcjpwYXNz, but not "Basic authentication"
    private static readonly Regex Basic = Pattern("""(?<before>\b(?i:Basic)[ \t]+)(?=[A-Za-z0-9+/]{0,200}(?:[A-Z0-9]|=))(?=[A-Za-z0-9+/]{8})(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // {\"password\":\"a;b\"}, JSON within JSON
    private static readonly Regex EscapedSetting = Pattern("(?<before>" + Name + """(?:\\{1,3}["'])[ \t]*[:=][ \t]*\\{1,3}["'])(?!\*\*\*)(?:[^"'\\\r\n]|\\{1,8}[^"'\\\r\n])*""", AnyCase);

    // Password="a;""b"  pwd='a;b'  "clientSecret": "x"  'token': 'x'  "auth": "dXNlcjpwYXNz"
    private static readonly Regex QuotedSetting = Pattern("(?<before>(?:" + Name + """|"auth(?="))["']?[ \t]*(?:=>|:=|=(?!=)|:)[ \t]*)(?!"\*\*\*"|'\*\*\*')""" + Quoted, AnyCase);

    // {"name":"DB_PASSWORD","value":"x"}  <add key="ApiKey" value="x" />
    private static readonly Regex NameAndValue = Pattern("""(?<before>(?:name|key)["']?[ \t]*[:=][ \t]*["'][^"'\r\n]{0,64}""" + Name + """["'][ \t]*,?[ \t]*["']?value["']?[ \t]*[:=][ \t]*)(?!"\*\*\*"|'\*\*\*')""" + Quoted, AnyCase);

    // - name: DB_PASSWORD
    //   value: x
    private static readonly Regex NameAboveValue = Pattern("(?<before>name:[ \t]*[\"']?[A-Za-z0-9_.-]{0,64}" + Name + "[\"']?[ \t]*\r?\n[ \t]*value:[ \t]*)(?!\\*\\*\\*)[^\\s][^\r\n]*", AnyCase);

    // "db.password=correct horse", "  password: correct horse" and "- apiKey: x", to the end of the line
    private static readonly Regex Line = Pattern("(?<before>^[ \t]*(?:-[ \t]+|export[ \t]+|set[ \t]+|env[ \t]+|-e[ \t]+|\\$env:)?[A-Za-z0-9_.:-]{0,64}" + Name + "[\"']?[ \t]*(?:=(?!=)|:[ \t]))(?![ \t]*[\"']?\\*\\*\\*)[ \t]*(?!(?:null|none|true|false|undefined)(?![A-Za-z0-9_-]))[^;\"'\\s][^;\r\n]*(?=\r?$)", AnyLine);

    // DB_PASSWORD=a;b c, as programs list their environment
    private static readonly Regex UpperLine = Pattern("(?<before>^[ \t]*(?:-[ \t]+|export[ \t]+|ENV[ \t]+|-e[ \t]+)?(?-i:[A-Z][A-Z0-9_]{0,64})(?<=" + Name + ")=)(?![\"']?\\*\\*\\*)[^\"'\\s][^\r\n]*", AnyLine);

    // Server=h;Password=a b, in a connection string, where spaces need no quotes
    private static readonly Regex Connection = Pattern("(?<before>;[ \t]*[A-Za-z ]{0,32}" + Name + "[ \t]*=)(?![ \t]*[\"']?\\*\\*\\*)[ \t]*[^;\"'\\s][^;\"'\r\n]*", AnyCase);

    // AccountKey=Eby8…==;  //registry.example/:_authToken=npm_…  token=abc
    private static readonly Regex Setting = Pattern("(?<before>" + Name + """["']?[ \t]*(?:=>|:=|=(?!=))[ \t]*)(?!(?:null|none|true|false|undefined)(?![A-Za-z0-9_-]))(?!["'\\]?\*\*\*)[^\s;"'](?:[^\s;"']|["'](?=[A-Za-z0-9]))*""", AnyCase);

    // user: sa, password: abc
    private static readonly Regex Colon = Pattern("""(?<before>(?:password|passwd|passphrase|pwd|secret|key)(?<=""" + Name + """)["']?[ \t]*:(?![:/])[ \t]*)(?!(?:null|none|true|false|undefined)(?![A-Za-z0-9_-]))(?!["'\\]?\*\*\*)[^\s,;"'}\])]{3,}""", AnyCase);

    // token: 0a1b2c, but not "Unexpected token: end of file"
    private static readonly Regex LongColon = Pattern("(?<before>" + Name + """["']?[ \t]*:(?![:/])[ \t]*)(?!(?:null|none|true|false|undefined)(?![A-Za-z0-9_-]))(?!["'\\]?\*\*\*)(?=[^\s,;"'}\])]{0,200}[0-9]|[^\s,;"'}\])]{20})[^\s,;"'}\])]{3,}""", AnyCase);

    // --password hunter2  -AccountKey x, but not --password-stdin
    private static readonly Regex Option = Pattern("(?<before>(?<![^\\s\"'\\[,(])--?[A-Za-z0-9-]{0,40}" + Name + """["']?[ \t]*[ \t,][ \t]*)(?!-|["']?\*\*\*)(?:""" + Quoted + """|[^\s"'\],]+)""", AnyCase);

    // docker login -u me -p hunter2   mysql -uroot -phunter2   sqlcmd -S . -P hunter2   redis-cli -a hunter2
    private static readonly Regex ShortOption = Pattern("""(?<before>\b(?:login\b[^\r\n]{0,200}[ \t]-p[ \t]+|mysql(?:admin|dump)?\b[^\r\n]{0,200}[ \t]-p|sqlcmd\b[^\r\n]{0,200}[ \t]-P[ \t]*|redis-cli\b[^\r\n]{0,200}[ \t]-a[ \t]+))(?!\*\*\*|-)(?:""" + Quoted + """|[^\s"']+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // machine registry.example login me password hunter2
    private static readonly Regex LoginProgram = Pattern("""(?<before>\blogin[ \t]+[^\s]{1,100}[ \t]+password[ \t]+)(?!\*\*\*)[^\s]+""", AnyCase);

    // CREATE USER x IDENTIFIED BY 'hunter2'; ALTER ROLE x PASSWORD 'hunter2'
    private static readonly Regex Statement = Pattern("""(?<before>\b(?:IDENTIFIED[ \t]+BY|PASSWORD)[ \t]+N?)(?!'\*\*\*')'(?:[^'\r\n]|'')*'""", AnyCase);

    // requirepass hunter2
    private static readonly Regex Directive = Pattern("""(?<before>\b(?:requirepass|masterauth)[ \t]+)(?!["']?\*\*\*)(?:""" + Quoted + """|[^\s"']+)""", AnyCase);

    // <Password>hunter2</Password>
    private static readonly Regex Element = Pattern("(?<before><[A-Za-z0-9_:.-]{0,64}" + Name + """>)(?!\*\*\*)[^<\r\n]+""", AnyCase);

    // eyJhbGciOi….eyJzdWIi….c2ln
    private static readonly Regex WebToken = Pattern(@"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)*", RegexOptions.CultureInvariant);

    // Tokens that say what they are: GitHub, npm, Docker, GitLab, Slack, Stripe, Google, AWS, Hugging Face, PyPI, Entra ID
    private static readonly Regex KnownToken = Pattern(@"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|npm_[A-Za-z0-9]{16,}|dckr_[a-z]{2,5}_[A-Za-z0-9_-]{16,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_(?:live|test)_[A-Za-z0-9]{12,}|sk-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{30,}|AKIA[A-Z0-9]{16}|hf_[A-Za-z0-9]{20,}|pypi-[A-Za-z0-9_-]{20,}|[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{30,})", RegexOptions.CultureInvariant);

    // The 64 bytes of a storage account's or Cosmos DB's key; sha512-… is a hash
    private static readonly Regex AccountKey = Pattern("(?<!sha512[-:])(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{86}==(?!=)", RegexOptions.CultureInvariant);

    // The 32 bytes of a policy's key; sha256-… is a hash
    private static readonly Regex PolicyKey = Pattern("(?<!sha256[-:])(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=(?!=)", RegexOptions.CultureInvariant);

    // Nearly no line has one of these, and then nothing more is looked for by names.
    private static readonly string[] NameHints = ["pass", "pwd", "secret", "token", "key", "cred", "sig", "sas", "jwt", "auth"];

    /// <summary>Secrets of several lines, masked line by line.</summary>
    public static IReadOnlyList<Regex> OfLines { get; } = [PrivateKey, EndOfPrivateKey];

    /// <summary>A secret that its name stands above of.</summary>
    public static Regex BelowItsName => NameAboveValue;

    /// <summary>Secrets within a line, each after its group "before", in the order in which they are looked for.</summary>
    public static IReadOnlyList<SecretPattern> OfALine { get; } =
    [
        new(UrlPassword, "://"), new(UrlUser, "://"), new(Query, "sig=", "sig%", "?", "&"), new(Header, "auth", "cookie", "token"), new(Scheme, "bearer", "sharedkey"), new(Basic, "basic"),
        .. new[] { EscapedSetting, QuotedSetting, NameAndValue, Line, UpperLine, Connection, Setting, Colon, LongColon, Option }.Select(pattern => new SecretPattern(pattern, NameHints)),
        new(ShortOption, " -p", " -a"), new(LoginProgram, "login"), new(Statement, "'"), new(Directive, "requirepass", "masterauth"), new(Element, "</"),
        new(WebToken, "eyJ"), new(KnownToken, "_", "-", "AIza", "AKIA", "Q~"), new(AccountKey, "=="), new(PolicyKey, "="),
    ];

    // Made when the first failure is told, and not by the compiler: as code they would be many times the size of all else.
    private static Regex Pattern(string pattern, RegexOptions options) => new(pattern, options, TimeSpan.FromMilliseconds(Limit));
}
