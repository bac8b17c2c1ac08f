using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Cli.Commands;

/// <summary><c>wait</c>: waits for services and starts none.</summary>
internal static class WaitCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var services = new ServiceChoice("The services, with wildcards, be they there already or not; all that are there when absent", "Their instance");
        var until = CommonOptions.Text("--for", "What to wait for: healthy (when absent), running, stopped", "state");
        var timeout = CommonOptions.Timeout("How long to wait, 60s when absent");
        var output = CommonOptions.Output();
        var command = new Command("wait", "Wait until services are healthy, run or do not run") { services.Names, services.Instance, until, timeout, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output, services.IsOne(parse)), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var parse = call.CommandLine;

            // Who names a service means one of them, be it there already or not.
            var request = new WaitRequest
            {
                Configuration = CurrentFolder.Configuration(null),
                Services = [services.NamesIn(parse).Count > 0 ? services.OfOneInstance(parse, includeStopped: true) : services.OfAllInstances(parse, includeStopped: true)],
            };
            request = request with { For = parse.Choice<WaitTarget>(until) ?? request.For, Timeout = parse.Read(timeout, Duration.Parse) ?? request.Timeout };
            call.Write(await call.Engine.WaitAsync(request, call.Events, call.CancellationToken).ConfigureAwait(false));
        }
    }
}
