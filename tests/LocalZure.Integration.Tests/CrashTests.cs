using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Shells that end by kill -9 in the middle of a start.</summary>
public sealed class CrashTests
{
    [Theory]
    [InDocker("Planned"), InDocker("Starting"), InDocker("Waiting")]
    [OnHost("Planned"), OnHost("Starting"), OnHost("Waiting")]
    public async Task RemoveOrphans_AfterAKilledStart_LeavesNothing(ServiceMode mode, string step)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await KillAtAsync(lab, step);

        // The daemon or the system may still be busy with what the dead shell has asked for.
        await Eventually.IsEmptyAsync(async () =>
        {
            await lab.RemoveOrphansAsync();
            return await lab.LeftoversAsync();
        });
    }

    [Theory]
    [InDocker("Starting"), InDocker("Waiting")]
    [OnHost("Starting"), OnHost("Waiting")]
    public async Task Start_AfterAKilledStart_Works(ServiceMode mode, string step)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await KillAtAsync(lab, step);

        var service = await lab.StartAsync();

        await Blobs.WriteAsync(service, 5);
        await Blobs.ReadAsync(service, 5);
        await lab.StopAsync(service);
        await lab.RemoveOrphansAsync();
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_OfAnotherService_SweepsWhatAKilledStartLeft(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await KillAtAsync(lab, "Waiting");

        await lab.StartAsync("queue");

        Assert.Equal(["queue"], (await lab.GetAsync(includeStopped: true)).Select(service => service.Name));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task FindOrphans_AReplacementOfAnotherHomeUnderWay_IsLeftAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var old = await lab.StartAsync();
        using var client = ClientProcess.Start(lab, "blob", Path.Combine(lab.Home, "elsewhere"), "NODE_OPTIONS=--inspect-brk=127.0.0.1:0");
        await client.ReadToAsync("step Waiting");

        Assert.Empty(await lab.FindOrphansAsync());
        Assert.Contains(await lab.Runtime!.ListContainersAsync([], includeStopped: true, CancellationToken.None), container => container.Id == old.ContainerId);

        await client.KillAsync();
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task FindOrphans_AReplacementOfAnotherHomeOfThisProcessUnderWay_IsLeftAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var old = await lab.StartAsync();
        var waits = new TaskCompletionSource();
        var engine = lab.NewEngine(lab.Options with { Home = Path.Combine(lab.Home, "elsewhere") });
        var request = lab.Request("blob") with { Environment = new Dictionary<string, string> { ["NODE_OPTIONS"] = "--inspect-brk=127.0.0.1:0" } };
        using var cancel = new CancellationTokenSource();
        var start = engine.StartAsync(request, new RecordedEvents(step => _ = step == "Waiting" && waits.TrySetResult()), cancel.Token);
        await waits.Task.WaitAsync(Eventually.Deadline);

        Assert.Empty(await lab.FindOrphansAsync());
        Assert.Contains(await lab.Runtime!.ListContainersAsync([], includeStopped: true, CancellationToken.None), container => container.Id == old.ContainerId);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Equal((ServiceState.Running, old.ContainerId), Assert.Single(await lab.GetAsync()) is var again ? (again.State, again.ContainerId) : default);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Services_OfAShellThatIsGone_LiveOn(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        using var client = ClientProcess.Start(lab, "blob");
        var started = await client.ReadToAsync("started ");
        await client.KillAsync();

        Assert.Empty(await lab.FindOrphansAsync());
        var service = await lab.StartAsync();
        Assert.Equal(started, $"started {service.ContainerId ?? $"{service.ProcessId}"}");
    }

    private static async Task KillAtAsync(Lab lab, string step)
    {
        using var client = ClientProcess.Start(lab, "blob");
        await client.ReadToAsync($"step {step}");
        await client.KillAsync();
    }
}
