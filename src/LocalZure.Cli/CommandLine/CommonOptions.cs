using System.CommandLine;
using LocalZure.Cli.Output;

namespace LocalZure.Cli.CommandLine;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>Words that are no options. What looks like one is refused: it is an option that the command has not.</summary>
    public static Argument<T> Words<T>(string name, string description, ArgumentArity arity)
    {
        var words = new Argument<T>(name) { Description = description, Arity = arity };
        words.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"'{token.Value}' is not an option of this command.");
            }
        });
        return words;
    }

    public static Option<string> Output() =>
        Text("--output", $"How results are written: {string.Join(", ", CommandLine.Words.Names<OutputFormat>())}", "format", "-o");

    public static Option<string> Timeout(string description) => Text("--timeout", description, "duration");

    public static Option<string> ConfigPath() => Text("--config-path", "The configuration file, or a folder that holds one", "path");

    public static Option<string> Profile() => Text("--profile", "The set of defaults: dev, test", "name");

    public static Option<bool> Force(string description) => Switch("--force", description);

    public static Option<bool> Switch(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };

    public static Option<string> Text(string name, string description, string value, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value };

    public static Option<string[]> Texts(string name, string description, string value, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value };
}
