using System.CommandLine;
using Command = System.CommandLine.Command;
using System.Text.RegularExpressions;
using LocalZure.Cli.CommandLine;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.CommandLine;

/// <summary>The command has the parameters of the cmdlets, under the same names.</summary>
public sealed class ParityTests
{
    // Those of PowerShell's pipeline and its questions, which a command has not; "--remove" and names with their own places.
    private static readonly string[] OfPowerShell = ["Name", "WhatIf", "Confirm", "PassThru", "Path", "Quiet", "ProgressAction"];

    [Theory]
    [InlineData("start", "Start-LzService")]
    [InlineData("stop", "Stop-LzService")]
    [InlineData("restart", "Restart-LzService")]
    [InlineData("reset", "Reset-LzService")]
    [InlineData("list", "Get-LzService")]
    [InlineData("health", "Get-LzServiceHealth", "Summary", "Alert", "OnAlert", "IncludeHistory")]
    [InlineData("logs", "Get-LzContainerLog")]
    [InlineData("wait", "Wait-LzService")]
    [InlineData("orphans", "Remove-LzOrphan", "Force")]
    [InlineData("env", "Export-LzEnvironment")]
    [InlineData("config check", "Test-LzConfiguration")]
    [InlineData("check", "Test-LzPrerequisite")]
    [InlineData("config show", "Get-LzConfiguration")]
    public void Options_OfACommand_AreTheParametersOfItsCmdlet(string path, string cmdlet, params string[] absent)
    {
        var command = path.Split(' ').Aggregate((Command)CommandTree.Create(), (parent, name) => parent.Subcommands.Single(child => child.Name == name));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "en-US", $"{cmdlet}.md"));
        var parameters = Regex.Matches(page, @"^### -(\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Except([.. OfPowerShell, .. absent]);

        var missing = parameters.Select(parameter => Regex.Replace(parameter, "(?<!^)([A-Z])", "-$1").ToLowerInvariant()).Where(name => command.Options.All(option => option.Name != $"--{name}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Page_OfTheCommand_HasAllCommandsAndOptions()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        var root = CommandTree.Create();

        var words = root.Subcommands.SelectMany(command => command.Subcommands.Count > 0
            ? command.Subcommands.SelectMany(child => WordsOf(child, $"`{command.Name} {child.Name}"))
            : WordsOf(command, $"`{command.Name}"));
        var unnamed = words.Distinct().Where(word => !page.Contains(word, StringComparison.Ordinal));

        Assert.Empty(unnamed);
    }

    private static IEnumerable<string> WordsOf(Command command, string name) => command.Options.Select(option => option.Name).Append(name);
}
