using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class ContainerStopperTests : IDisposable
{
    private const string Closed = "Azurite Blob service successfully closed";

    private static readonly DesiredService Blob = TestServices.Of(ServiceCatalog.Get("blob"));
    private static readonly DesiredService Demo = TestServices.Desired();

    private readonly ManualTimeProvider _time = new();
    private readonly DateTimeOffset _began;
    private readonly TestEngine _engine;

    public ContainerStopperTests()
    {
        _engine = new TestEngine(_time);
        _began = _time.GetUtcNow();
    }

    private FakeContainerRuntime Runtime => _engine.Runtime;

    private TimeSpan Elapsed => _time.GetUtcNow() - _began;

    private List<string> Signals => Runtime.Calls.Where(call => call.Name == "SignalContainer").Select(call => call.Subject.Split(' ')[1]).ToList();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RemoveAsync_HeedsTheSignal_IsRemovedAtOnce()
    {
        var container = _engine.AddOurs(Demo);

        await _engine.Stopper().RemoveAsync(container.Id, null, default);

        Assert.Equal(["SIGTERM"], Signals);
        Assert.Empty(Runtime.Containers);
        Assert.Empty(_engine.Events.Warnings);
    }

    // Nobody will read what it could still write down.
    [Theory]
    [InlineData("memory", false, true)]
    [InlineData("memory", true, true)]
    [InlineData("volume", true, true)]
    [InlineData("volume", false, false)]
    [InlineData("folder", true, false)]
    [InlineData("another's volume", true, false)]
    [InlineData("nothing", true, true)]
    [InlineData("nothing", false, false)]
    public async Task RemoveAsync_DataGoesWithIt_IsNotAsked(string data, bool removesData, bool atOnce)
    {
        var own = Demo.Key.VolumeName("data");
        var container = _engine.AddOurs(Demo with
        {
            Mounts = data switch
            {
                "memory" => [new DesiredMount("data", null, "/data", IsInMemory: true)],
                "volume" => [new DesiredMount("data", null, "/data")],
                "folder" => [new DesiredMount("", "/home/me", "/data")],
                "another's volume" => [new DesiredMount("other", null, "/data")],
                _ => [],
            },
        });

        await _engine.Stopper().RemoveAsync(container.Id, new StopPatience(null), removesData ? [own] : null, default);

        Assert.Equal(atOnce ? [] : ["SIGTERM"], Signals);
        Assert.Empty(Runtime.Containers);
    }

    [Fact]
    public async Task RemoveAsync_TimeIsWishedFor_IsAskedThoughItsDataGoes()
    {
        var container = _engine.AddOurs(Demo);

        await _engine.Stopper().RemoveAsync(container.Id, new StopPatience(TimeSpan.FromSeconds(3)), [Demo.Key.VolumeName("data")], default);

        Assert.Equal(["SIGTERM"], Signals);
    }

    [Fact]
    public async Task RemoveAsync_LongestGrace_CutsThatOfTheService()
    {
        var container = _engine.AddOurs(Demo);
        Runtime.OnSignal = (_, _) => { };

        await RunAsync(_engine.Stopper().RemoveAsync(container.Id, new StopPatience(null, TimeSpan.FromSeconds(2)), null, default));

        Assert.Equal(TimeSpan.FromSeconds(2), Elapsed);
    }

    [Fact]
    public async Task RemoveAsync_StopLineSeen_EndsTheWaitEarly()
    {
        var container = _engine.AddOurs(Blob);
        Runtime.OnSignal = (signalled, _) => signalled.Write(Closed, Runtime.Now.AddSeconds(1));

        await _engine.Stopper().RemoveAsync(container.Id, null, default).WaitAsync(Eventually.Deadline);

        Assert.Equal((TimeSpan.Zero, 0), (Elapsed, Runtime.Containers.Count));
        Assert.Empty(_engine.Events.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_StopLineOfAnEarlierLife_DoesNotCount()
    {
        var container = _engine.AddOurs(Blob);
        container.Write(Closed, Runtime.Now.AddSeconds(-1));
        Runtime.OnSignal = (_, _) => { };

        await RunAsync(_engine.Stopper().RemoveAsync(container.Id, null, default), waiting: 2);

        Assert.Equal(TimeSpan.FromSeconds(10), Elapsed);
    }

    [Fact]
    public async Task RemoveAsync_SomeStopLinesOnly_WaitsForAll()
    {
        var container = _engine.AddOurs(TestServices.Of(ServiceCatalog.Get("storage")));
        Runtime.OnSignal = (signalled, _) => signalled.Write(Closed, Runtime.Now.AddSeconds(1));

        var work = _engine.Stopper().RemoveAsync(container.Id, TimeSpan.FromSeconds(3), default);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(work.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await work.WaitAsync(Eventually.Deadline);

        Assert.Equal(["localzure-storage did not end within 3 s of SIGTERM and is killed."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_SignalNotHeard_IsSentAgainUntilItIs()
    {
        var container = _engine.AddOurs(Blob);
        Runtime.OnSignal = (signalled, _) =>
        {
            if (Signals.Count == 3)
            {
                signalled.Write(Closed, Runtime.Now.AddSeconds(1));
            }
        };

        var work = _engine.Stopper().RemoveAsync(container.Id, null, default);
        foreach (var signals in (int[])[1, 2])
        {
            await Eventually.IsTrueAsync(() => Signals.Count == signals && _time.PendingTimers == 2, "a pause after a signal");
            _time.AdvanceToNextTimer();
        }

        await work.WaitAsync(Eventually.Deadline);
        Assert.Equal(["SIGTERM", "SIGTERM", "SIGTERM"], Signals);
        Assert.Equal(TimeSpan.FromSeconds(1), Elapsed);
    }

    [Fact]
    public async Task RemoveAsync_IgnoresTheSignal_IsKilledAfterTheGrace()
    {
        var container = _engine.AddOurs(Demo);
        Runtime.OnSignal = (_, _) => { };

        await RunAsync(_engine.Stopper().RemoveAsync(container.Id, null, default));

        Assert.Equal((TimeSpan.FromSeconds(10), 0), (Elapsed, Runtime.Containers.Count));
        Assert.Equal(["localzure-demo did not end within 10 s of SIGTERM and is killed."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_NoGrace_IsKilledWithoutASignal()
    {
        var container = _engine.AddOurs(Demo);

        await _engine.Stopper().RemoveAsync(container.Id, TimeSpan.Zero, default);

        Assert.Empty(Signals);
        Assert.Empty(Runtime.Containers);
    }

    [Fact]
    public async Task RemoveAsync_SignalOfTheDefinition_IsTheOneSent()
    {
        var container = _engine.AddOurs(TestServices.Of(ServiceCatalog.Get("table")));

        await _engine.Stopper().RemoveAsync(container.Id, null, default);

        Assert.Equal(["SIGINT"], Signals);
    }

    [Fact]
    public async Task RemoveAsync_LogCannotBeRead_GivesTheWholeGrace()
    {
        var container = _engine.AddOurs(Blob);
        Runtime.OnSignal = (_, _) => { };
        Runtime.Fail("ReadLog", RuntimeFailure.Other);

        await RunAsync(_engine.Stopper().RemoveAsync(container.Id, null, default), waiting: 2);

        Assert.Equal(TimeSpan.FromSeconds(10), Elapsed);
    }

    [Fact]
    public async Task RemoveAsync_DaemonDoesNotAnswerForTheLog_GetsAllOfItsTime()
    {
        var container = _engine.AddOurs(Blob);
        Runtime.OnSignal = (_, _) => { };
        Runtime.Before = call => call.Name == "ReadLog"
            ? throw new LocalZureException(ErrorCode.DockerUnavailable, "Docker did not read the output within 30 s.")
            : Task.CompletedTask;

        await RunAsync(_engine.Stopper().RemoveAsync(container.Id, null, default), waiting: 2);

        Assert.Equal(TimeSpan.FromSeconds(10), Elapsed);
    }

    [Fact]
    public async Task RemoveAsync_WatchBreaks_IsNotKilledForThat()
    {
        var container = _engine.AddOurs(Demo);
        Runtime.OnSignal = (_, _) => { };
        Runtime.Fail("WaitForExit", RuntimeFailure.Transient);

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => _engine.Stopper().RemoveAsync(container.Id, null, default));

        Assert.Equal(ContainerState.Running, container.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopAndRemove_Foreign_IsNeverTouched(bool keep)
    {
        var foreign = Runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "x", Labels = new Dictionary<string, string> { ["localzure.service"] = "demo" } });

        if (keep)
        {
            Assert.Null(await _engine.Stopper().StopAsync("localzure-demo", null, null, default));
        }
        else
        {
            await _engine.Stopper().RemoveAsync(foreign.Id, null, default);
        }

        Assert.Equal(["InspectContainer"], Runtime.Calls.Select(call => call.Name));
        Assert.Equal(ContainerState.Running, foreign.State);
    }

    [Fact]
    public async Task RemoveAsync_Gone_IsFine()
    {
        await _engine.Stopper().RemoveAsync(new string('0', 64), null, default);

        Assert.Equal(["InspectContainer"], Runtime.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task StopAsync_HeedsTheSignal_StaysStopped()
    {
        var container = _engine.AddOurs(Demo);

        var details = await _engine.Stopper().StopAsync(container.Id, null, null, default);

        Assert.Equal((ContainerState.Exited, 143), (details!.State, details.ExitCode));
        Assert.Same(container, Assert.Single(Runtime.Containers));
    }

    [Fact]
    public async Task StopAsync_SaysItIsClosedButIdles_IsKilledAtOnceAndStays()
    {
        var container = _engine.AddOurs(Blob);
        Runtime.OnSignal = (signalled, _) => signalled.Write(Closed, Runtime.Now.AddSeconds(1));

        var details = await _engine.Stopper().StopAsync(container.Id, Blob.Definition, null, default).WaitAsync(Eventually.Deadline);

        Assert.Equal((ContainerState.Exited, 137, TimeSpan.Zero), (details!.State, details.ExitCode, Elapsed));
        Assert.Equal(["SIGTERM", "SIGKILL"], Signals);
    }

    [Fact]
    public async Task RemoveAsync_Cancelled_LeavesItToEndByItself()
    {
        var container = _engine.AddOurs(Demo);
        Runtime.OnSignal = (_, _) => { };
        using var cancellation = new CancellationTokenSource();

        var work = _engine.Stopper().RemoveAsync(container.Id, null, cancellation.Token);
        await Eventually.IsTrueAsync(() => Signals.Count == 1, "a signal");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Eventually.Deadline));
        Assert.Equal(ContainerState.Running, container.State);
    }

    private async Task RunAsync(Task work, int waiting = 1)
    {
        await _time.RunAsync(work, waiting);
        await work;
    }
}
