using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

public sealed class ProcessProbeTests
{
    private static readonly ProcessProbeDefinition Stable = new(TimeSpan.FromMilliseconds(300));

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task CheckAsync_Runs_PassesOnceItHasLongEnough()
    {
        var probe = new ProcessProbe(Stable, ProbedServices.Process([]) with { StartedAt = _time.GetUtcNow() }, _time);

        var early = await probe.CheckAsync(default);
        _time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal(new ProbeResult("process", "process of localzure-demo", ServiceHealthStatus.Unhealthy, null, "the process runs, but not yet for 300 ms"), early);
        Assert.Equal(new ProbeResult("process", "process of localzure-demo", ServiceHealthStatus.Healthy, null, "the process runs"), await probe.CheckAsync(default));
    }

    [Fact]
    public async Task CheckAsync_StartedLongAgo_PassesAtOnce()
    {
        var probe = new ProcessProbe(Stable, ProbedServices.Process([]) with { StartedAt = _time.GetUtcNow().AddHours(-1) }, _time);

        Assert.Equal(ServiceHealthStatus.Healthy, (await probe.CheckAsync(default)).Status);
    }

    [Fact]
    public async Task CheckAsync_ClockWasSetBack_StillPasses()
    {
        var probe = new ProcessProbe(Stable, ProbedServices.Process([]) with { StartedAt = _time.GetUtcNow().AddHours(1) }, _time);
        _time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal(ServiceHealthStatus.Healthy, (await probe.CheckAsync(default)).Status);
    }

    [Fact]
    public async Task CheckAsync_AnotherProcessHasThePid_Fails()
    {
        var probe = new ProcessProbe(Stable, ProbedServices.Process([]) with { IsRunning = () => false }, _time);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((ServiceHealthStatus.Unhealthy, "the process does not run"), ((await probe.CheckAsync(default)).Status, (await probe.CheckAsync(default)).Message));
    }
}
