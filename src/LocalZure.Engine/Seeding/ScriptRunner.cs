using System.Collections;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>Runs scripts on this machine, with what a client of the service needs in their environment.</summary>
internal static class ScriptRunner
{
    /// <summary>Shorter values are parts of many words.</summary>
    private const int ShortestSecret = 6;

    /// <summary>What shells set themselves.</summary>
    private static readonly string[] OfShells = ["PWD=", "OLDPWD=", "SHLVL=", "_="];

    /// <summary>Runs one to its end; cancelling ends it with everything it has started.</summary>
    /// <param name="command">The command; a single text is taken apart by a shell.</param>
    /// <param name="folder">The folder it runs in; a program with a relative path is taken from there.</param>
    /// <param name="service">The service, with its endpoints and connection strings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LocalZureException">HostToolMissing when the program cannot be started.</exception>
    /// <returns>How it ended, with its output but for what that shows of its environment.</returns>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> command, string folder, Service service, CancellationToken cancellationToken)
    {
        var environment = EnvironmentOf(service);
        var result = await CommandRunner.RunAsync(command is [var text] ? Shell(text) : [Program(command[0], folder), .. command.Skip(1)], environment, folder, line: null, cancellationToken).ConfigureAwait(false);
        return result with { Lines = WithoutVariables(result.Lines, environment) };
    }

    // A script that prints its environment prints the user's, which belongs in no error and no log of a build.
    private static List<string> WithoutVariables(IReadOnlyList<string> lines, IReadOnlyDictionary<string, string> environment)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")).Concat(environment).ToList();
        var assignments = variables.Select(pair => $"{pair.Key}={pair.Value.Split('\n')[0]}").ToHashSet(StringComparer.Ordinal);
        var secrets = variables.Where(pair => pair.Value.Length >= ShortestSecret && SecretNames.MayHold(pair.Key)).Select(pair => pair.Value).OrderByDescending(value => value.Length).ToList();
        return lines.Where(line => !assignments.Contains(line) && !OfShells.Any(name => line.StartsWith(name, StringComparison.Ordinal))).Select(line => secrets.Aggregate(line, (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal))).ToList();
    }

    /// <summary>What a script is told: the connection strings under their own names, endpoints as <c>LOCALZURE_ENDPOINT_BLOB</c>, and which service it is.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(Service service)
    {
        var environment = new Dictionary<string, string>(service.ConnectionStrings, StringComparer.Ordinal)
        {
            ["LOCALZURE_SERVICE"] = service.Name,
            ["LOCALZURE_INSTANCE"] = service.Instance ?? "",
        };
        foreach (var (port, endpoint) in service.Endpoints)
        {
            environment[$"LOCALZURE_ENDPOINT_{port.ToUpperInvariant().Replace('-', '_').Replace('.', '_')}"] = endpoint;
        }

        return environment;
    }

    private static string[] Shell(string text) => OperatingSystem.IsWindows()
        ? [Path.Combine(Environment.SystemDirectory, "cmd.exe"), "/d", "/s", "/c", text]
        : ["/bin/sh", "-c", text];

    private static string Program(string program, string folder) =>
        program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetFullPath(program, folder) : program;
}
