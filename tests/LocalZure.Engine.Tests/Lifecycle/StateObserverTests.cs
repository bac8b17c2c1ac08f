using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

/// <summary>Starts of other homes, at an engine whose clock is another one.</summary>
public sealed class StateObserverTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TestEngine _engine;

    public StateObserverTests() => _engine = new TestEngine(_time);

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(-120, 5, true)]
    [InlineData(120, 5, true)]
    [InlineData(120, 60, false)]
    [InlineData(null, 5, true)]
    [InlineData(null, 60, false)]
    public async Task Observe_ContainerThatAnotherMachineHasJustCreated_IsInFlightByTheEnginesClock(int? clockIsOffBy, int secondsAgo, bool expected)
    {
        var labels = ContainerLabels.ForContainer(TestServices.Desired(), new StartOperation("op", "another-host/boot/1/2", DateTimeOffset.UnixEpoch));
        var engineTime = _time.GetUtcNow().AddSeconds(clockIsOffBy ?? 0);
        _engine.Runtime.Now = engineTime.AddSeconds(-secondsAgo);
        _engine.Runtime.Machine = _engine.Runtime.Machine with { Clock = clockIsOffBy is null ? null : engineTime };
        await _engine.Runtime.CreateContainerAsync(new ContainerSpec { Name = TestServices.Desired().Key.ContainerName, Image = "demo:1", Labels = labels }, CancellationToken.None);

        var observed = await new StateObserver(_engine.Registry, _engine.Runner, _engine.Operations, _time).ObserveAsync(_engine.Runtime, CancellationToken.None);

        Assert.Equal(expected, observed.IsInFlight("op"));
    }
}
