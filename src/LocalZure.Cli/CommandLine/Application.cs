using System.CommandLine;
using LocalZure.Cli.Output;

namespace LocalZure.Cli.CommandLine;

/// <summary>Reads a command line and runs what it says.</summary>
internal static class Application
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">What the shell has handed over.</param>
    /// <param name="cancellationToken">Cancelled when the process is asked to end.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var root = CommandTree.Create();
        var words = new CommandWords(root);
        var parse = root.Parse(words.Normalize(arguments), new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0)
        {
            new ErrorWriter(words, StatusLine.None).Write(UsageOf(parse));
            return ExitCode.Usage;
        }

        var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parse.InvokeAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Help and version, which could not be written; every other failure was told on the way.
            return ExitCode.Usage;
        }
    }

    // What is not recognized is also said to be missing.
    private static string Message(ParseResult parse) =>
        string.Join(' ', (parse.UnmatchedTokens.Count > 0 ? parse.UnmatchedTokens.Select(token => $"'{token}' is not known here.") : parse.Errors.Select(error => error.Message)).Distinct());

    private static LocalZureException UsageOf(ParseResult parse)
    {
        var path = new List<string>();
        for (var result = parse.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Insert(0, result.Command is RootCommand ? "localzure" : result.Command.Name);
        }

        return new LocalZureException(
            ErrorCode.ParameterInvalid,
            Message(parse),
            $"'{string.Join(' ', path)} --help' shows what it takes.");
    }
}
