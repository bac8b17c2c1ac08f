using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

/// <summary>A start is disturbed at each of its calls in turn: what was there before, and nothing else, is there afterwards.</summary>
public sealed class ContainerStarterCleanUpTests
{
    private enum Moment
    {
        BeforeTheCall,
        AfterTheCall,
    }

    public static TheoryData<string, string, bool> Disturbances
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            foreach (var scene in (string[])["new", "pull", "replace", "stopped"])
            {
                foreach (var moment in Enum.GetNames<Moment>())
                {
                    rows.Add(scene, moment, false);
                    rows.Add(scene, moment, true);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task StartAsync_CancelledAtEachCall_LeavesOnlyWhatWasThere(string scene, string moment, bool cutOffCallsHappenLate)
    {
        for (var number = 1; await DisturbAsync(scene, number, Enum.Parse<Moment>(moment), (_, cancel) => cancel.CancelAsync(), cutOffCallsHappenLate); number++)
        {
        }
    }

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task StartAsync_EachCallFails_LeavesOnlyWhatWasThere(string scene, string moment, bool lastly)
    {
        var failure = lastly ? RuntimeFailure.Other : RuntimeFailure.Transient;
        for (var number = 1; await DisturbAsync(scene, number, Enum.Parse<Moment>(moment), (call, _) => throw new ContainerRuntimeException(failure, $"{call} failed"), false); number++)
        {
        }
    }

    // False once there is no call of that number.
    private static async Task<bool> DisturbAsync(string scene, int number, Moment moment, Func<FakeCall, CancellationTokenSource, Task> disturb, bool cutOffCallsHappenLate)
    {
        using var engine = new TestEngine();
        using var cancellation = new CancellationTokenSource();
        var desired = await SetAsync(engine, scene);
        var before = engine.Runtime.Everything();
        var observed = await engine.Services.Observer.ObserveAsync(engine.Runtime, default);
        var first = engine.Runtime.Calls.Count;
        FakeCall? disturbed = null;
        Task Disturb(FakeCall call, Moment now)
        {
            if (now != moment || call.Number != first + number)
            {
                return Task.CompletedTask;
            }

            disturbed = call;
            return disturb(call, cancellation);
        }

        engine.Runtime.CutOffCallsHappenLate = cutOffCallsHappenLate;
        engine.Runtime.Before = call => Disturb(call, Moment.BeforeTheCall);
        engine.Runtime.After = call => Disturb(call, Moment.AfterTheCall);
        var error = await Record.ExceptionAsync(() => new ContainerStarter(engine.Runtime, engine.Services, engine.Events).StartAsync(desired, observed, TestEngine.Settings, cancellation.Token).WaitAsync(Eventually.Deadline));
        engine.Runtime.HappenLate();

        var seen = $"call {number}, {disturbed}, {moment}: {error?.GetType().Name} {error?.Message}";
        Assert.True(error is null or OperationCanceledException or LocalZureException, seen);
        Assert.True(error is not null || disturbed is null || cancellation.IsCancellationRequested || disturbed.Name == "WaitForExit" || IsOnlyTidying(disturbed), seen);
        Assert.True(engine.InFlight.Count == 0, seen);
        if (error is not null)
        {
            var after = engine.Runtime.Everything();
            Assert.True(before.SequenceEqual(after), $"{seen}\nbefore:\n{string.Join('\n', before)}\nafter:\n{string.Join('\n', after)}");
        }

        Assert.True(engine.Runtime.Containers.Any(container => container.Name == "foreign" && container.IsRunning), seen);
        return disturbed is not null;
    }

    // The new container runs by then; what is left of the old one is an orphan.
    private static bool IsOnlyTidying(FakeCall call) => call.Name == "RemoveContainer" && call.Subject.Contains(".replaced-", StringComparison.Ordinal);

    private static async Task<DesiredService> SetAsync(TestEngine engine, string scene)
    {
        var desired = TestServices.Desired(instance: "x");
        engine.Runtime.Add(new ContainerSpec { Name = "foreign", Image = "y", Network = "foreign" });
        engine.Runtime.AddNetwork("foreign", new Dictionary<string, string>());
        engine.Runtime.AddVolume("foreign", new Dictionary<string, string>());
        await engine.StartAsync(TestServices.Desired("neighbour").At(20001));
        switch (scene)
        {
            case "pull":
                engine.Runtime.Images = [];
                break;
            case "replace":
                await engine.StartAsync(TestServices.Desired("other", "x").At(20002));
                await engine.StartAsync(desired with { Image = "demo:0" });
                break;
            case "stopped":
                await engine.StartAsync(desired);
                await engine.Stopper().StopAsync("localzure-demo-x", null, null, default);
                break;
        }

        return desired;
    }
}
