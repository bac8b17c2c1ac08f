using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;

namespace LocalZure.Cli.Commands;

/// <summary><c>list</c>: lists services that run, or that can be started.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var services = new ServiceChoice("The services, with wildcards; all when absent", "Their instance, with wildcards; all when absent");
        var all = CommonOptions.Switch("--all", "Also those that do not run");
        var available = CommonOptions.Switch("--available", "The services that can be started");
        var output = CommonOptions.Output();
        var command = new Command("list", "List the services that run, or that can be started") { services.Names, services.Instance, all, available, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var query = services.OfAllInstances(call.CommandLine, call.CommandLine.GetValue(all));
            if (!call.CommandLine.GetValue(available))
            {
                call.Write(await call.FindAsync(query).ConfigureAwait(false));
                return;
            }

            var found = await call.Engine.FindAvailableAsync(query.Names, CurrentFolder.Configuration(null), call.Events, call.CancellationToken).ConfigureAwait(false);
            call.Write(found);
            await call.ReportMissingAsync(query, found.Select(service => service.Name)).ConfigureAwait(false);
        }
    }
}
