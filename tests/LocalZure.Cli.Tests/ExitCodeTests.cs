using LocalZure.Cli.Tests.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("", "ParameterInvalid")]
    [InlineData("strat blob", "ParameterInvalid")]
    [InlineData("start blob --nonsense", "ParameterInvalid")]
    [InlineData("start blob -WhatIf", "ParameterInvalid")]
    [InlineData("config check --all", "ParameterInvalid")]
    [InlineData("start blob --timeout soon", "ParameterInvalid")]
    [InlineData("start blob --memory much", "ParameterInvalid")]
    [InlineData("start blob --cpus -1", "ParameterInvalid")]
    [InlineData("start blob --mode somewhere", "ParameterInvalid")]
    [InlineData("start blob --port high", "PortInvalid")]
    [InlineData("start blob --environment NAME", "ParameterInvalid")]
    [InlineData("start blob --instance Not_Allowed!", "NameInvalid")]
    [InlineData("start blob --lifetime session", "ParameterInvalid")]
    [InlineData("start blob --profile test", "ParameterInvalid")]
    [InlineData("start blob --config-path nowhere.yml", "ConfigNotFound")]
    [InlineData("start blobb", "ServiceUnknown")]
    [InlineData("start blob --output xml", "ParameterInvalid")]
    [InlineData("stop", "ParameterInvalid")]
    [InlineData("stop blob --keep --remove-data", "ParameterInvalid")]
    [InlineData("restart", "ParameterInvalid")]
    [InlineData("logs -f --output json", "ParameterInvalid")]
    [InlineData("logs --since nonsense", "ParameterInvalid")]
    [InlineData("logs --tail few", "ParameterInvalid")]
    [InlineData("env --format process", "ParameterInvalid")]
    [InlineData("orphans --older-than x", "ParameterInvalid")]
    [InlineData("config check nowhere.yml", "ConfigNotFound")]
    public async Task CommandLine_ThatCannotBe_IsRefusedBeforeAnythingIsDone(string commandLine, string id)
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker, "unix:///nonexistent/docker.sock", connect: false);

        var ended = await Shell.RunAsync(lab, commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((ExitCode.Usage, id), ended.Verdict);
        Assert.Equal("", ended.Output);
        Assert.Contains("\nremedy: ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutEngineAndHostMode_Says4()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker, "unix:///nonexistent/docker.sock", connect: false);

        var ended = await Shell.RunAsync(lab, "start", "blob", "mail", "--mode", "docker");

        Assert.Equal((ExitCode.NoEngine, "DockerUnavailable"), ended.Verdict);
        Assert.Single(ended.Errors.Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
        Assert.Contains("--mode Host", ended.Errors, StringComparison.Ordinal);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_OfWhatFailsBesideWhatRuns_Says3AndWritesWhatRuns()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var holder = await lab.StartAsync();

        var ended = await Shell.RunAsync(lab, "start", "blob", "queue", "-i", lab.Instance, "-p", FormattableString.Invariant($"queue={holder.Ports[0].HostPort}"), "-o", "jsonl");

        Assert.Equal((ExitCode.Failed, "PortInUse"), ended.Verdict);
        Assert.StartsWith("{\"name\":\"blob\"", Assert.Single(ended.Output.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigCheck_OfABadFile_Says2AndWhere()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker, "unix:///nonexistent/docker.sock", connect: false);
        await File.WriteAllTextAsync(Path.Combine(lab.Home, "localzure.yml"), "services:\n  blob:\n    prot: 1\n");

        var table = await Shell.RunAsync(lab, "config", "check");
        var lines = await Shell.RunAsync(lab, "config", "check", "-o", "jsonl");

        Assert.Equal((ExitCode.Usage, "", ExitCode.Usage), (table.ExitCode, table.Errors, lines.ExitCode));
        Assert.Contains("localzure.yml:3:5", table.Output, StringComparison.Ordinal);
        Assert.Contains("\"line\":3,\"column\":5", lines.Output, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"ConfigInvalid\"", lines.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralFailures_IsThatOfAServiceFirst() =>
        Assert.Equal((0, 2, 3, 3), (ExitCode.Of([]), ExitCode.Of([2, 4]), ExitCode.Of([2, 3]), ExitCode.Of(ErrorCode.StartTimeout)));
}
