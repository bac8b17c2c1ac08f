using System.CommandLine;
using System.Text.RegularExpressions;

namespace LocalZure.Cli.CommandLine;

/// <summary>
/// The words of the command and those of the cmdlets, which are the same names written differently: <c>--time-to-live</c> and
/// <c>-TimeToLive</c>, <c>localzure start</c> and <c>Start-LzService</c>. What is written for one is understood by the other.
/// </summary>
internal sealed partial class CommandWords
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Start-LzService"] = "localzure start",
        ["Stop-LzService"] = "localzure stop",
        ["Restart-LzService"] = "localzure restart",
        ["Reset-LzService"] = "localzure reset",
        ["Get-LzService"] = "localzure list",
        ["Get-LzServiceHealth"] = "localzure health",
        ["Get-LzContainerLog"] = "localzure logs",
        ["Wait-LzService"] = "localzure wait",
        ["Remove-LzOrphan"] = "localzure orphans --remove",
        ["Export-LzEnvironment"] = "localzure env",
        ["Get-LzConfiguration"] = "localzure config show",
        ["Test-LzConfiguration"] = "localzure config check",
        ["Test-LzPrerequisite"] = "localzure check",
    };

    // "--time-to-live" by "timetolive"
    private readonly Dictionary<string, string> _options;

    /// <summary>Creates one.</summary>
    /// <param name="root">The commands with their options.</param>
    public CommandWords(Command root) =>
        _options = OptionsOf(root).Select(option => option.Name).Distinct().ToDictionary(name => name.Replace("-", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    /// <summary>A command line with options as the command has them: <c>-Instance pr42</c> and <c>-Port:auto</c> become <c>--instance pr42</c> and <c>--port:auto</c>.</summary>
    /// <param name="arguments">What the shell has handed over.</param>
    public IReadOnlyList<string> Normalize(IReadOnlyList<string> arguments)
    {
        var end = arguments.TakeWhile(argument => argument != "--").Count();
        return arguments.Select((argument, index) => index < end ? Parameter().Replace(argument, Option) : argument).ToList();
    }

    /// <summary>A text of the engine in the words of the command, for example <c>Use --mode Host.</c> for <c>Use -Mode Host.</c></summary>
    /// <param name="text">The text.</param>
    public string Translate(string text) =>
        Cmdlet().Replace(ParameterInText().Replace(text, Option), match => Commands.GetValueOrDefault(match.Value, match.Value));

    private string Option(Match match) => _options.GetValueOrDefault(match.Groups["name"].Value, match.Value);

    private static IEnumerable<Option> OptionsOf(Command command) => command.Options.Concat(command.Subcommands.SelectMany(OptionsOf));

    // "-Instance", "-Port:auto", not "-o"
    [GeneratedRegex(@"\A-(?<name>[A-Za-z]{2,})(?=:|\z)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<![\w-])-(?<name>[A-Z][A-Za-z]+)\b")]
    private static partial Regex ParameterInText();

    [GeneratedRegex(@"\b[A-Z][a-z]+-Lz[A-Z][A-Za-z]+\b")]
    private static partial Regex Cmdlet();
}
