using LocalZure.Engine;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Environments that go with their last user.</summary>
public sealed class EnvironmentTests
{
    [Theory]
    [InDocker]
    [OnHost]
    [Trait("Form", "full")]
    public async Task Acquire_Shared_ServesAllAndGoesWithTheLast(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var first = await AcquireAsync(lab, lab.Engine);
        var second = await AcquireAsync(lab, lab.NewEngine());

        Assert.Equal(first.Environment.ConnectionStrings, second.Environment.ConnectionStrings);
        Assert.Equal((true, 2), (second.Environment.IsEphemeral, second.Environment.Users));
        await lab.Engine.ReleaseEnvironmentAsync(first, new RecordedEvents(), CancellationToken.None);
        Assert.Equal(ServiceState.Running, Assert.Single(await lab.GetAsync()).State);
        await lab.Engine.ReleaseEnvironmentAsync(second, new RecordedEvents(), CancellationToken.None);

        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(Directory.GetDirectories(Path.Combine(lab.Home, "environments")));
    }

    [Theory]
    [InDocker]
    [OnHost]
    [Trait("Form", "full")]
    public async Task Acquire_KilledUser_IsRemovedByTheRemovalOfOrphans(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        using (var client = ClientProcess.Start(lab, "blob", null, "use", "100"))
        {
            await client.ReadToAsync("used");
            Assert.True(await client.KillAsync());
        }

        var orphans = await lab.Engine.FindOrphansAsync(null, new RecordedEvents(), CancellationToken.None);
        Assert.Contains(orphans, orphan => orphan.Kind == "Environment" && orphan.Name == lab.Instance);
        await lab.RemoveOrphansAsync();

        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
    }

    [DockerFact]
    public async Task Remove_ForeignContainerInTheNetwork_IsLeftAloneWithTheNetwork()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync();
        var foreign = $"foreign-{lab.Instance}";
        await Command.DockerAsync("run", "--detach", "--name", foreign, "--label", lab.ForeignLabel, "--network", service.Network!, Requirements.BusyboxImage, "idle");
        var events = new RecordedEvents();
        var found = await lab.Engine.GetEnvironmentsAsync(new EnvironmentQuery { Names = [lab.Instance] }, events, CancellationToken.None);

        var outcome = Assert.Single(await lab.Engine.RemoveEnvironmentsAsync(found, events, CancellationToken.None));

        Assert.Null(outcome.Error);
        Assert.Equal([$"The network 'localzure-{lab.Instance}' stays: a container that LocalZure did not create is in it."], events.Warnings);
        Assert.Equal([$"network localzure-{lab.Instance}"], await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Equal(ContainerState.Running, (await lab.Runtime!.InspectContainerAsync(foreign, CancellationToken.None))!.State);
        await Command.DockerAsync("rm", "--force", foreign);
    }

    private static Task<EnvironmentUse> AcquireAsync(Lab lab, LocalZureEngine engine) =>
        engine.AcquireEnvironmentAsync(new EnvironmentRequest { Name = lab.Instance, Start = lab.Request("blob") }, new RecordedEvents(), CancellationToken.None);
}
