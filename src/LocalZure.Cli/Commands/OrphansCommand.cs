using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Support;

namespace LocalZure.Cli.Commands;

/// <summary><c>orphans</c>: shows what has no reason to exist any more, or removes it.</summary>
internal static class OrphansCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var remove = CommonOptions.Switch("--remove", "Remove them; data volumes stay");
        var olderThan = CommonOptions.Text("--older-than", "Only what was created longer ago, for example 1h", "duration");
        var output = CommonOptions.Output();
        var command = new Command("orphans", "Show what has no reason to exist any more, or remove it") { remove, olderThan, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var found = await call.Engine.FindOrphansAsync(call.CommandLine.Read(olderThan, Duration.Parse), call.Events, call.CancellationToken).ConfigureAwait(false);
            if (!call.CommandLine.GetValue(remove))
            {
                call.Write(found);
                return;
            }

            var orphans = await call.Engine.RemoveOrphansAsync(found, call.Events, call.CancellationToken).ConfigureAwait(false);
            call.Write(orphans);
            if (orphans.Any(orphan => !orphan.Removed))
            {
                call.Fail(ExitCode.Failed);
            }
        }
    }
}
