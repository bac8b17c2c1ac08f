using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.Cli.Commands;

/// <summary><c>logs</c>: reads what services wrote.</summary>
internal static class LogsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var services = new ServiceChoice("The services, with wildcards; all when absent", "Their instance, with wildcards; all when absent");
        var follow = CommonOptions.Switch("--follow", "Go on with what comes", "-f");
        var tail = CommonOptions.Text("--tail", "Begin with the last so many lines of each", "lines", "-n");
        var since = CommonOptions.Text("--since", "Leave out what is older: a date, 12:30, or 10m ago", "moment");
        var until = CommonOptions.Text("--until", "Leave out what is newer", "moment");
        var stream = CommonOptions.Text("--stream", "Only standard output or standard error: stdout, stderr", "stream");
        var pattern = CommonOptions.Text("--pattern", "Only lines that a regular expression matches, whatever the case", "regex");
        var raw = CommonOptions.Switch("--raw", "The bare lines");
        var output = CommonOptions.Output();
        var command = new Command("logs", "Read what services wrote") { services.Names, services.Instance, follow, tail, since, until, stream, pattern, raw, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.OfStream(parse, output, parse.GetValue(follow), isText: true), RunAsync, token, isStream: true));
        return command;

        async Task RunAsync(Call call)
        {
            var parse = call.CommandLine;
            var request = new LogRequest
            {
                Services = services.OfAllInstances(parse, includeStopped: true),
                Follow = parse.GetValue(follow),
                Tail = parse.Read(tail, LinesOf),
                Since = parse.Read(since, MomentOf),
                Until = parse.Read(until, MomentOf),
                Stream = parse.Choice<LogStream>(stream),
                Pattern = parse.GetValue(pattern),
            };
            if (request.Services.Names.Count > 0)
            {
                // A service that is silent and one that does not exist look the same in a log.
                var found = await call.Engine.GetAsync(request.Services, call.Events, call.CancellationToken).ConfigureAwait(false);
                await call.ReportMissingAsync(request.Services, found.Select(service => service.Name).Concat(call.Engine.FindFailedLogs(request.Services))).ConfigureAwait(false);
            }

            var entries = call.Engine.ReadLogAsync(request, call.Events, call.CancellationToken);
            await (parse.GetValue(raw) ? call.WriteAsync(MessagesAsync(entries, call.CancellationToken)) : call.WriteAsync(entries)).ConfigureAwait(false);
        }
    }

    private static DateTimeOffset MomentOf(string text) => Moment.Parse(text, TimeProvider.System);

    private static int LinesOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines)
        ? lines
        : throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{text}' is not a number of lines.", "Use 0 or a whole number, for example 20.");

    private static async IAsyncEnumerable<string> MessagesAsync(IAsyncEnumerable<LogEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return entry.Message;
        }
    }
}
