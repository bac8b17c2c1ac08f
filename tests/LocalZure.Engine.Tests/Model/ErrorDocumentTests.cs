using System.Text;
using System.Text.RegularExpressions;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Model;

/// <summary>The table of <c>docs/errors.md</c> is that of the code. <c>LOCALZURE_UPDATE_DOCS=1</c> writes it.</summary>
public sealed class ErrorDocumentTests
{
    private const string Begin = "<!-- errors -->\n";
    private const string End = "\n<!-- /errors -->";

    [Fact]
    public void Table_OfTheRepository_IsUpToDate()
    {
        var path = Path.Combine(Repository.Root, "docs", "errors.md");
        var old = File.ReadAllText(path).ReplaceLineEndings("\n");
        var wanted = old[..(old.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Table() + old[old.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("LOCALZURE_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
            return;
        }

        Assert.True(old == wanted, "errors.md is stale: LOCALZURE_UPDATE_DOCS=1 dotnet test tests/LocalZure.Engine.Tests --filter ErrorDocumentTests writes it");
    }

    private static string Table()
    {
        // "    /// <summary>No Docker endpoint answered.</summary>\n    DockerUnavailable,"
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "LocalZure.Engine", "Model", "ErrorCode.cs")).ReplaceLineEndings("\n");
        var meanings = Regex.Matches(source, @"<summary>(?<meaning>[^\n]*)</summary>\n    (?<code>\w+),").ToDictionary(match => match.Groups["code"].Value, match => Regex.Replace(match.Groups["meaning"].Value, "</?c>", "`"));
        var text = new StringBuilder("\n| id | means | category | severity | retry | remedy |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var code in Enum.GetValues<ErrorCode>())
        {
            var description = ErrorDescriptions.For(code);
            text.Append($"| `{code}` | {meanings[code.ToString()]} | {description.Category} | {description.Severity} | {(description.Recoverable ? "can help" : "no")} | {description.Remedy.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
