using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine;
using LocalZure.Engine.Support;

namespace LocalZure.Cli.Commands;

/// <summary><c>health</c>: probes services now, or tells every change.</summary>
internal static class HealthCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var services = new ServiceChoice("The services, with wildcards; all when absent", "Their instance, with wildcards; all when absent");
        var watch = CommonOptions.Switch("--watch", "Go on and tell every change");
        var interval = CommonOptions.Text("--interval", "The time between two looks, 2s when absent", "duration");
        var output = CommonOptions.Output();
        var command = new Command("health", "Probe services; ends with exit code 3 when one is not healthy") { services.Names, services.Instance, watch, interval, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.OfStream(parse, output, parse.GetValue(watch), isText: false), RunAsync, token, parse.GetValue(watch)));
        return command;

        async Task RunAsync(Call call)
        {
            var query = services.OfAllInstances(call.CommandLine, includeStopped: true);
            if (call.CommandLine.GetValue(watch))
            {
                var pause = call.CommandLine.Read(interval, Duration.Parse) ?? LocalZureEngine.UsualInterval;
                await call.WriteAsync(call.Engine.WatchHealthAsync(query, pause, call.Events, call.CancellationToken)).ConfigureAwait(false);
                return;
            }

            var healths = await call.Engine.CheckHealthAsync(query, call.Events, call.CancellationToken).ConfigureAwait(false);
            call.Write(healths);
            await call.ReportMissingAsync(query, healths.Select(health => health.Service)).ConfigureAwait(false);
            if (healths.Any(health => health.Status != ServiceHealthStatus.Healthy))
            {
                call.Fail(ExitCode.Failed);
            }
        }
    }
}
