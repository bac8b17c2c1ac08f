using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>What is not ours is never touched, whatever its name.</summary>
public sealed class ForeignTests
{
    [DockerFact]
    public async Task Start_NameOfAForeignContainer_FailsAndLeavesItAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var id = await Command.DockerAsync("run", "--detach", "--label", lab.ForeignLabel, "--name", lab.NameOf("blob"), Requirements.BusyboxImage, "idle");
        var before = await Command.DockerAsync("inspect", "--format", "{{.Id}} {{.State.Running}} {{.State.StartedAt}}", id);

        var error = await lab.FailToStartAsync(lab.Request("blob"));

        Assert.Equal(ErrorCode.NameConflict, error.Code);
        Assert.Contains($"'{lab.NameOf("blob")}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Instance", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await Command.DockerAsync("inspect", "--format", "{{.Id}} {{.State.Running}} {{.State.StartedAt}}", lab.NameOf("blob")));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.GetAsync(includeStopped: true));
    }

    [DockerFact]
    public async Task Start_NameOfAForeignNetwork_FailsAndLeavesItAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var id = await Command.DockerAsync("network", "create", "--label", lab.ForeignLabel, $"localzure-{lab.Instance}");

        var error = await lab.FailToStartAsync(lab.Request("blob"));

        Assert.Equal(ErrorCode.NameConflict, error.Code);
        Assert.Contains($"network named 'localzure-{lab.Instance}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(id, await Command.DockerAsync("network", "inspect", "--format", "{{.Id}}", $"localzure-{lab.Instance}"));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
    }

    [DockerFact]
    public async Task Start_NameOfAForeignVolume_FailsAndLeavesItAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var name = $"{lab.NameOf("blob")}-data";
        await Command.DockerAsync("volume", "create", "--label", lab.ForeignLabel, name);
        var before = await Command.DockerAsync("volume", "inspect", name);

        var error = await lab.FailToStartAsync(lab.Request("blob"));

        Assert.Equal(ErrorCode.NameConflict, error.Code);
        Assert.Contains($"volume named '{name}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Command.DockerAsync("volume", "inspect", name));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
    }

    [HostFact]
    public async Task Stop_PidThatIsSomebodyElsesNow_LeavesThatProcessAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);
        var service = await lab.StartAsync();
        var registry = new HostProcessRegistry(lab.Home, TimeProvider.System);
        var entry = (await registry.ReadAsync(service.ContainerName, CancellationToken.None))!;
        await registry.WriteAsync(entry with { Process = new ProcessIdentity(entry.Process!.Pid, "1") }, CancellationToken.None);

        var shown = Assert.Single(await lab.GetAsync(includeStopped: true));
        await lab.StopAsync(shown);

        Assert.Equal((null, ServiceState.Stopped), (shown.ProcessId, shown.State));
        Assert.NotNull(ProcessTable.Identify(entry.Process.Pid));
        await registry.WriteAsync(entry, CancellationToken.None);
        await lab.StopAsync(service);
        Assert.Empty(await lab.LeftoversAsync());
    }
}
