using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Requests;

namespace LocalZure.Cli.Commands;

/// <summary><c>check</c>: looks for what stands in the way of services.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var names = CommonOptions.Words<string[]>("name", "The services that are looked at; those that the configuration enables when absent", ArgumentArity.ZeroOrMore);
        var configPath = CommonOptions.ConfigPath();
        var report = CommonOptions.Text("--as-report", "Write a support bundle to this archive as well", "path");
        var force = CommonOptions.Force("Replace an archive that is there");
        var output = CommonOptions.Output();
        var command = new Command("check", "Look for what stands in the way of services; ends with exit code 3 when something does") { names, configPath, report, force, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.OfStream(parse, output, isEndless: false, isText: false), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var request = new PrerequisiteRequest
            {
                Names = call.CommandLine.GetValue(names) ?? [],
                Configuration = CurrentFolder.Configuration(call.CommandLine.GetValue(configPath)),
            };
            var checks = new List<CheckResult>();
            await foreach (var result in call.Engine.CheckPrerequisitesAsync(request, call.Events, call.CancellationToken).ConfigureAwait(false))
            {
                checks.Add(result);
                call.Write([result]);
                if (result.Status == CheckStatus.Failed)
                {
                    call.Fail(ExitCode.Failed);
                }
            }

            if (CurrentFolder.FullPath(call.CommandLine.GetValue(report)) is { } path)
            {
                var bundle = new ReportRequest { Path = path, Overwrite = call.CommandLine.GetValue(force), Checks = checks, Prerequisites = request };
                await call.Engine.WriteReportAsync(bundle, call.CancellationToken).ConfigureAwait(false);
            }
        }
    }
}
