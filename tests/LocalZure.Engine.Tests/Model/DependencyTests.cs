using System.Text.RegularExpressions;
using System.Xml.Linq;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Model;

/// <summary>What the documents say of the packages that are used.</summary>
public sealed partial class DependencyTests
{
    private static readonly XDocument Pinned = XDocument.Load(File("Directory.Packages.props"));

    private static readonly Dictionary<string, string> Versions = Pinned.Descendants("PackageVersion")
        .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);

    [Fact]
    public void Architecture_Dependencies_AreThosePinned()
    {
        var text = System.IO.File.ReadAllText(File("docs/architecture.md"));
        var table = text.Split("## Dependencies\n")[1].Split("\n\n").First(part => part.StartsWith("| package ", StringComparison.Ordinal));

        var cells = table.Split('\n').Select(row => row.Split('|')).Where(row => row.Length > 1).Select(row => row[1]);
        var named = cells.SelectMany(cell => Quoted().Matches(cell)).Select(match => match.Groups["name"].Value);

        // Pester is a module for PowerShell, which no project references.
        var pinned = Versions.Keys.Concat(Pinned.Descendants("PesterVersion").Select(_ => "Pester"));
        Assert.Equal(pinned.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("module/THIRD-PARTY-NOTICES.txt")]
    [InlineData("src/LocalZure.Cli/THIRD-PARTY-NOTICES.txt")]
    public void Notices_OfLibraries_AreOfTheVersionsPinned(string path)
    {
        var notices = Library().Matches(System.IO.File.ReadAllText(File(path)));

        Assert.NotEmpty(notices);
        Assert.All(notices, notice => Assert.Equal(Versions[notice.Groups["name"].Value], notice.Groups["version"].Value));
    }

    private static string File(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    // YamlDotNet 18.1.0 (https://...), under the MIT licence:
    [GeneratedRegex(@"^(?<name>[\w.]+) (?<version>\d[\w.-]*) \(https:", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Library();
}
