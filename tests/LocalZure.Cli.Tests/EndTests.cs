using LocalZure.Cli.Tests.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests;

/// <summary>How the command ends when somebody ends it.</summary>
public sealed class EndTests
{
    [DockerTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Start_Interrupted_LeavesNothing(string signal)
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        using var shell = Shell.Start(lab, "start", "blob", "-i", lab.Instance, "-p", "auto", "-o", "json");

        // Its container is there, so there is something to clean up.
        await Eventually.IsEmptyAsync(async () => (await lab.Runtime!.ListContainersAsync([$"localzure.instance={lab.Instance}"], includeStopped: true, CancellationToken.None)).Count > 0 ? [] : ["no container yet"]);
        await shell.SignalAsync(signal);

        Assert.Equal((ExitCode.Interrupted, "", ""), (await shell.WaitAsync(), await shell.RestAsync(), await shell.ErrorsAsync()));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.FindOrphansAsync());
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Logs_FollowedByAReaderThatGoes_EndQuietly()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        await lab.StartAsync();
        using var shell = Shell.Start(lab, "logs", "blob", "-i", lab.Instance, "-f");

        var line = await shell.ReadLineAsync();
        shell.CloseOutput();

        Assert.Contains($" blob-{lab.Instance} | ", line, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (await shell.WaitAsync(), await shell.ErrorsAsync()));
    }

    [DockerTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Logs_Interrupted_EndAtOnce(string signal)
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        await lab.StartAsync();
        using var shell = Shell.Start(lab, "logs", "blob", "-i", lab.Instance, "-f", "-o", "jsonl");

        Assert.StartsWith("{\"timestamp\":\"20", await shell.ReadLineAsync(), StringComparison.Ordinal);
        await shell.SignalAsync(signal);

        Assert.Equal((ExitCode.Interrupted, ""), (await shell.WaitAsync(), await shell.ErrorsAsync()));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_WhoseReaderHasGone_IsDoneAllTheSame()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        using var shell = Shell.Start(lab, "start", "blob", "-i", lab.Instance, "-p", "auto");

        shell.CloseOutput();

        Assert.Equal((ExitCode.Done, ""), (await shell.WaitAsync(), await shell.ErrorsAsync()));
        Assert.Equal(["blob"], (await lab.GetAsync()).Select(service => service.Name));
    }
}
