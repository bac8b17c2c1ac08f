using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Cli.Commands;

/// <summary><c>restart</c> and <c>reset</c>: end services and start them again.</summary>
internal static class RestartCommand
{
    /// <summary>The command that keeps their data.</summary>
    public static Command CreateRestart() => Create("restart", "Restart services where they are: same port, same settings, same data", isReset: false);

    /// <summary>The command that does not.</summary>
    public static Command CreateReset() => Create("reset", "Restart services without their data", isReset: true);

    private static Command Create(string name, string description, bool isReset)
    {
        var services = new ServiceChoice("The services, with wildcards", "Their instance");
        var timeout = CommonOptions.Timeout("How long each may take to become usable");
        var force = CommonOptions.Force("Do not ask");
        var output = CommonOptions.Output();
        var command = new Command(name, description) { services.Names, services.Instance, timeout, output };
        if (isReset)
        {
            command.Add(force);
        }

        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output, services.IsOne(parse)), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var parse = call.CommandLine;
            var limit = parse.Read(timeout, Duration.Parse);
            var chosen = await call.FindAsync(services.NamesIn(parse).Count > 0 ? services.OfOneInstance(parse, includeStopped: true) : throw ServiceChoice.NothingNamed(name)).ConfigureAwait(false);
            var approved = isReset && !parse.GetValue(force)
                ? await Questions.ApproveAsync(chosen, ServiceText.ResetOf, ServiceText.RemovalOf, call.CancellationToken).ConfigureAwait(false)
                : chosen;
            var request = new RestartRequest { Services = approved, Timeout = limit, Configuration = CurrentFolder.Configuration(null) };
            call.Write(await (isReset
                ? call.Engine.ResetAsync(request, call.Events, call.CancellationToken)
                : call.Engine.RestartAsync(request, call.Events, call.CancellationToken)).ConfigureAwait(false));
        }
    }
}
