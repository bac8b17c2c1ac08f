using System.CommandLine;
using LocalZure.Cli.Commands;

namespace LocalZure.Cli.CommandLine;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>The commands with their options.</summary>
    public static RootCommand Create() => new("Azure services on your own machine: in Docker, or as ordinary processes where Docker is not there.")
    {
        new StartCommand().Create(),
        StopCommand.Create(),
        RestartCommand.Create("restart", "Restart services where they are: same port, same settings, same data", isReset: false),
        RestartCommand.Create("reset", "Restart services without their data", isReset: true),
        ListCommand.Create(),
        HealthCommand.Create(),
        LogsCommand.Create(),
        WaitCommand.Create(),
        OrphansCommand.Create(),
        EnvCommand.Create(),
        ConfigCommand.Create(),
    };
}
