namespace LocalZure.Engine.Tests.Export;

/// <summary>Variables and values that are hard to hand over.</summary>
internal static class Variables
{
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Every value that a test of a format should bring back as it was.</summary>
    public static readonly IReadOnlyList<string> Hard =
    [
        "", " ", "plain", "a b", " led and trailed ", "#no comment", "a #b", "a=b=c", "semi;colon", "$HOME", "${HOME}", "$(id)", "`id`", "back\\slash", "C:\\new\\table", "\\n",
        "say \"hi\"", "it's", "'", "''", "it's\ttabbed", "!history", "a&&b|c>d<e", "~", "*", "%25 %0A %AZP25 %", "::add-mask::x", "##vso[task.x]y", "]", "[", "{}", "é漢字🙂", "\u00a0",
        "two\nlines", "\nled", "trailed\n", "two\n\"quoted\"\nlines", "A='x'\nB='y'", "EOF\nEOF", "<<", "NAME<<EOF",
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;",
        "Server=127.0.0.1,1433;User ID=sa;Password=p#a$s w\"o;TrustServerCertificate=True",
    ];

    /// <summary>Values that no form of a .env file gives alike to all of its readers.</summary>
    public static readonly IReadOnlyList<string> Unlike = ["it's $HOME", "'\"'", "`it's`", "it's \\n", "ends with \\", "carriage\rreturn", "two\r\nlines"];

    public static EnvironmentVariable Of(string name, string value) => new(name, value, "blob", null);

    public static IReadOnlyList<EnvironmentVariable> Numbered(IEnumerable<string> values) => values.Select((value, index) => Of($"LZ_{index}", value)).ToList();
}
