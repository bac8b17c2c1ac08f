using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Cli.Commands;

/// <summary><c>stop</c>: stops services.</summary>
internal static class StopCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var services = new ServiceChoice("The services, with wildcards", "Their instance");
        var all = CommonOptions.Switch("--all", "Every service; those of one instance when it is named");
        var keep = CommonOptions.Switch("--keep", "Leave the stopped containers in place");
        var removeData = CommonOptions.Switch("--remove-data", "Remove their data too");
        var timeout = CommonOptions.Timeout("How long they may take to end before they are killed");
        var force = CommonOptions.Force("Do not ask before data is removed");
        var output = CommonOptions.Output();
        var command = new Command("stop", "Stop services; their data stays") { services.Names, services.Instance, all, keep, removeData, timeout, force, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output, services.IsOne(parse)), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var parse = call.CommandLine;
            var request = new StopRequest { Services = [], Keep = parse.GetValue(keep), RemoveData = parse.GetValue(removeData), Timeout = parse.Read(timeout, Duration.Parse) };
            request.Check();
            var chosen = await call.FindAsync(QueryOf(parse) with { IncludeData = request.RemoveData }).ConfigureAwait(false);
            var approved = request.RemoveData && !parse.GetValue(force)
                ? await Questions.ApproveAsync(chosen, ServiceText.LossOf, ServiceText.RemovalOf, call.CancellationToken).ConfigureAwait(false)
                : chosen;
            call.Write(await call.Engine.StopAsync(request with { Services = approved }, call.Events, call.CancellationToken).ConfigureAwait(false));
        }

        ServiceQuery QueryOf(ParseResult parse) => (services.NamesIn(parse).Count > 0, parse.GetValue(all)) switch
        {
            (true, false) => services.OfOneInstance(parse, includeStopped: true),
            (false, true) => services.OfAllInstances(parse, includeStopped: true),
            (true, true) => throw new LocalZureException(ErrorCode.ParameterInvalid, "Names and -All contradict each other.", "Use one of them."),
            _ => throw ServiceChoice.NothingNamed("stop"),
        };
    }
}
