using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>What a stop leaves and what it does not. That nothing is killed for taking too long is checked by each stop.</summary>
public sealed class StopTests
{
    [Theory, InDocker, OnHost]
    public async Task Stop_LeavesNothingButTheData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        Assert.NotEmpty(await lab.LeftoversAsync());

        var stopped = await lab.StopAsync(service);

        Assert.Equal(ServiceState.NotCreated, stopped.State);
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Single(await lab.DataAsync());
        Assert.Empty(await lab.GetAsync(includeStopped: true));
        var left = Assert.Single(await lab.GetAsync(includeData: true));
        Assert.Equal((service.ContainerName, mode, ServiceState.NotCreated), (left.ContainerName, left.Mode, left.State));
    }

    [Theory, InDocker, OnHost]
    public async Task Stop_RightAfterWriting_LosesNothing(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await Blobs.WriteAsync(service, 200);

        await lab.StopAsync(service);

        await Blobs.ReadAsync(await lab.StartAsync(), 200);
    }

    [Theory, InDocker, OnHost]
    public async Task Stop_RightAfterTheStart_EndsIt(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        await lab.StopAsync(await lab.StartAsync(lab.Request("blob") with { NoWait = true }));

        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker, OnHost]
    public async Task Stop_WithRemoveData_LeavesNothingAtAll(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await Blobs.WriteAsync(service, 5);

        await lab.StopAsync(service, removeData: true);

        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.GetAsync(includeData: true));
        Assert.False(await Blobs.ExistAsync(await lab.StartAsync()));
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Stop_WithKeep_CanBeStartedAgain(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await Blobs.WriteAsync(service, 5);

        var stopped = await lab.StopAsync(service, keep: true);

        Assert.Equal(ServiceState.Stopped, stopped.State);
        Assert.Equal([ServiceState.Stopped], (await lab.GetAsync(includeStopped: true)).Select(kept => kept.State));
        Assert.Empty(await lab.GetAsync());
        var again = await lab.StartAsync();
        Assert.Equal(service.ContainerId, again.ContainerId);
        await Blobs.ReadAsync(again, 5);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Stop_OneOfTwo_LeavesTheOther(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var services = await Task.WhenAll(lab.StartAsync("blob"), lab.StartAsync("queue"));

        await lab.StopAsync(services[0]);

        var left = Assert.Single(await lab.GetAsync(includeStopped: true));
        Assert.Equal((services[1].ContainerName, services[1].ContainerId, services[1].ProcessId), (left.ContainerName, left.ContainerId, left.ProcessId));
        Assert.Equal(ServiceHealthStatus.Healthy, (await HealthTests.CheckAsync(lab)).Status);
    }
}
