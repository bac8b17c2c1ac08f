using System.CommandLine;
using LocalZure.Cli.Commands;

namespace LocalZure.Cli.CommandLine;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>The option of all commands that has notes written.</summary>
    public const string Verbose = "--verbose";

    /// <summary>The commands with their options.</summary>
    public static RootCommand Create() => new("Azure services on your own machine: in Docker, or as ordinary processes where Docker is not there.")
    {
        new Option<bool>(Verbose) { Description = "Write notes on what is done, and why, to standard error", Recursive = true },
        new StartCommand().Create(),
        StopCommand.Create(),
        RestartCommand.CreateRestart(),
        RestartCommand.CreateReset(),
        ListCommand.Create(),
        HealthCommand.Create(),
        LogsCommand.Create(),
        WaitCommand.Create(),
        OrphansCommand.Create(),
        EnvCommand.Create(),
        ConfigCommand.Create(),
        CheckCommand.Create(),
    };
}
