using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>A start that is cancelled leaves nothing, at whatever moment.</summary>
public sealed class CancelTests
{
    [Theory]
    [InDocker("Planned"), InDocker("Starting"), InDocker("Waiting")]
    [OnHost("Planned"), OnHost("Starting"), OnHost("Waiting")]
    public async Task Start_CancelledAtAStep_LeavesNothing(ServiceMode mode, string step)
    {
        await using var lab = await Lab.OpenAsync(mode);
        using var cancel = new CancellationTokenSource();
        var events = new RecordedEvents(onStep: begun =>
        {
            if (begun == step)
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Engine.StartAsync(lab.Request("blob"), events, cancel.Token));

        await AssertNothingLeftAsync(lab);
    }

    [Theory]
    [InDocker(1), InDocker(10), InDocker(40), InDocker(120), InDocker(250), InDocker(500)]
    [OnHost(1), OnHost(10), OnHost(40), OnHost(120), OnHost(250)]
    public async Task Start_CancelledAfterAWhile_LeavesNothing(ServiceMode mode, int milliseconds)
    {
        await using var lab = await Lab.OpenAsync(mode);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Engine.StartAsync(lab.Request("blob"), new RecordedEvents(), cancel.Token));

        await AssertNothingLeftAsync(lab);
    }

    [Theory, InDocker, OnHost]
    public async Task Start_CancelledWhileJoining_LeavesWhatRuns(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        using var cancel = new CancellationTokenSource();
        var events = new RecordedEvents(onStep: step =>
        {
            if (step == "Waiting")
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Engine.StartAsync(lab.Request("blob"), events, cancel.Token));

        var left = Assert.Single(await lab.GetAsync());
        Assert.Equal((service.ContainerId, service.ProcessId), (left.ContainerId, left.ProcessId));
    }

    private static async Task AssertNothingLeftAsync(Lab lab)
    {
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.FindOrphansAsync());
    }
}
