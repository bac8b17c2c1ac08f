using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine;
using LocalZure.Engine.Requests;

namespace LocalZure.Cli.Commands;

/// <summary><c>env</c>: hands the connection settings of running services to an application or to the next step of a build job.</summary>
internal static class EnvCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var services = new ServiceChoice("The services, with wildcards; all of the instance when absent", "Their instance");
        var format = CommonOptions.Text("--format", "Where they go: dotenv, json, appsettings, githubactions, azuredevops", "format");
        format.Required = true;
        var path = CommonOptions.Text("--path", "The file; the usual one of the format when absent, for json standard output", "path");
        var force = CommonOptions.Force("Replace a JSON file that is there, and write a read-only file");
        var command = new Command("env", "Hand connection settings to an application or a build job") { services.Names, services.Instance, format, path, force };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, Views.Text, RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var target = TargetOf(call.CommandLine);
            var file = LocalZureEngine.FindExportFile(target, CurrentFolder.FullPath(call.CommandLine.GetValue(path)), CurrentFolder.Path);
            var found = await call.FindAsync(services.OfOneInstance(call.CommandLine, includeStopped: false)).ConfigureAwait(false);
            var collected = LocalZureEngine.CollectVariables(found);
            Warn(call, collected.Warnings);
            if (collected.Variables.Count == 0)
            {
                Warn(call, [CollectedVariables.Nothing]);
                return;
            }

            var request = new ExportRequest { Variables = collected.Variables, Format = target, Path = file, Overwrite = call.CommandLine.GetValue(force), WriteCommand = Console.Out.WriteLine };
            var result = await call.Engine.ExportAsync(request, call.CancellationToken).ConfigureAwait(false);
            Warn(call, result.Warnings);
            call.Write(result.Text is null ? [] : new[] { result.Text });
        }

        ExportFormat TargetOf(ParseResult parse) => parse.Choice<ExportFormat>(format) is { } target && target != ExportFormat.Process
            ? target
            : throw new LocalZureException(ErrorCode.ParameterInvalid, "-Format: 'process' sets variables of the process that exports, and this command ends at once.", "Use dotenv or json and have the application read it.");
    }

    private static void Warn(Call call, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            call.Events.Warn(warning);
        }
    }
}
