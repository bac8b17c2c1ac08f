using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.Cli.Commands;

/// <summary><c>config check</c> and <c>config show</c>: what is wrong with the configuration, and what it comes to.</summary>
internal static class ConfigCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("config", "Check and show the configuration") { CreateCheck(), CreateShow() };

    private static Command CreateCheck()
    {
        var path = CommonOptions.Words<string?>("path", "The configuration file, or a folder that holds one; found from here upwards when absent", ArgumentArity.ZeroOrOne);
        var configPath = CommonOptions.ConfigPath();
        var output = CommonOptions.Output();
        var command = new Command("check", "Show all errors of the configuration; ends with exit code 2 when there is one") { path, configPath, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var errors = await call.Engine.TestConfigurationAsync(CurrentFolder.Configuration(call.CommandLine.GetValue(path) ?? call.CommandLine.GetValue(configPath)), call.CancellationToken).ConfigureAwait(false);
            call.Write(errors);
            if (errors.Count > 0)
            {
                call.Fail(ExitCode.Usage);
            }
        }
    }

    private static Command CreateShow()
    {
        var keys = CommonOptions.Words<string[]>("key", "Keys, with wildcards; all when absent", ArgumentArity.ZeroOrMore);
        var configPath = CommonOptions.ConfigPath();
        var profile = CommonOptions.Profile();
        var output = CommonOptions.Output();
        var command = new Command("show", "Show the settings in effect and where they come from") { keys, configPath, profile, output };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, output), RunAsync, token));
        return command;

        async Task RunAsync(Call call)
        {
            var request = CurrentFolder.Configuration(call.CommandLine.GetValue(configPath)) with { Profile = call.CommandLine.GetValue(profile) };
            var settings = await call.Engine.GetConfigurationAsync(request, call.CancellationToken).ConfigureAwait(false);
            call.Write(SettingFilter.Choose(settings, call.CommandLine.GetValue(keys) ?? []));
        }
    }
}
