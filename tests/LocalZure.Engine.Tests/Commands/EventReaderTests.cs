using System.Threading.Channels;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class EventReaderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new();
    private readonly TestEngine _engine;

    public EventReaderTests() => _engine = new TestEngine(_time);

    private EventReader Reader => new(_engine.Runtimes, new NotedEvents(_engine.Home.Path, _engine.Host), _ => [], _time);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task ReadAsync_Past_PutsBothSourcesInTheOrderOfTime()
    {
        _engine.Runtime.OnEvents = (_, _) => new[] { Happened("start", 1), Happened("die", 9) }.Async();
        new ActivityLog(_engine.Home.Path).Append(Noted(EventType.Ready, 5));
        new ActivityLog(_engine.Home.Path).Append(Noted(EventType.Ready, 500));
        _time.Advance(TimeSpan.FromMinutes(1));

        var events = await ReadAllAsync(new EventRequest { Services = new ServiceQuery() });

        Assert.Equal([EventType.Started, EventType.Ready, EventType.Died], events.Select(value => value.Type));
    }

    [Fact]
    public async Task ReadAsync_AnotherService_IsLeftOut()
    {
        _engine.Runtime.OnEvents = (_, _) => new[] { Happened("start", 1) }.Async();

        Assert.Empty(await ReadAllAsync(new EventRequest { Services = new ServiceQuery { Names = ["other"] } }));
        Assert.Empty(await ReadAllAsync(new EventRequest { Services = new ServiceQuery { Instance = "pr1" } }));
        Assert.Single(await ReadAllAsync(new EventRequest { Services = new ServiceQuery { Names = ["dem*"], Instance = "" } }));
    }

    [Fact]
    public async Task ReadAsync_ProcessThatHasEndedByItself_IsNotedOnce()
    {
        var process = new ProcessIdentity(4711, "1");
        var entry = TestServices.Entry(TestServices.Desired(), process);
        _engine.Runner.ExitCodes[entry.LogDirectory] = 3;
        await _engine.Registry.WriteAsync(entry, default);
        _time.Advance(TimeSpan.FromMinutes(1));

        await ReadAllAsync(new EventRequest { Services = new ServiceQuery() });
        _time.Advance(TimeSpan.FromMinutes(1));
        var value = Assert.Single(await ReadAllAsync(new EventRequest { Services = new ServiceQuery() }));

        Assert.Equal((EventType.Died, "demo", ServiceMode.Host, 3, Start.AddMinutes(1)), (value.Type, value.Service, value.Mode, value.ExitCode, value.Time));
    }

    [Fact]
    public async Task ReadAsync_ProcessOfAnEarlierBoot_HasEndedWhateverHidesItsPidNow()
    {
        var entry = TestServices.Entry(TestServices.Desired(), new ProcessIdentity(4711, "1")) with { Place = (ProcessPlace.Here with { Boot = "earlier" }).ToString() };
        _engine.Runner.Hidden.Add(entry.Process! with { StartToken = "not-here" });
        await _engine.Registry.WriteAsync(entry, default);
        _time.Advance(TimeSpan.FromMinutes(1));

        await ReadAllAsync(new EventRequest { Services = new ServiceQuery() });
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(EventType.Died, Assert.Single(await ReadAllAsync(new EventRequest { Services = new ServiceQuery() })).Type);
        Assert.False(LocalZure.Engine.Lifecycle.OnHost.UnreachableProcess.Is((await _engine.Registry.ReadAsync(entry.ContainerName, default))!, _engine.Runner));
    }

    [Fact]
    public async Task ReadAsync_ProcessThatIsBeingStopped_IsNoDeath()
    {
        var entry = TestServices.Entry(TestServices.Desired(), new ProcessIdentity(4711, "1"));
        await _engine.Registry.WriteAsync(entry, default);
        await using var held = await _engine.Registry.LockAsync(entry.ContainerName, TimeSpan.Zero, default);

        Assert.Empty(await ReadAllAsync(new EventRequest { Services = new ServiceQuery() }));
    }

    [Fact]
    public async Task ReadAsync_FollowedEngineThatGoesAway_IsAskedFromTheLastMomentOnAndTellsNothingTwice()
    {
        var asked = Channel.CreateUnbounded<DateTimeOffset>();
        _engine.Runtime.OnEvents = (since, _) =>
        {
            asked.Writer.TryWrite(since);
            return since == Start ? Broken(Happened("create", 1), Happened("start", 2)) : new[] { Happened("start", 2), Happened("die", 3) }.Async();
        };
        using var cancellation = new CancellationTokenSource();

        var reading = Reader.ReadAsync(new EventRequest { Services = new ServiceQuery(), Follow = true }, _engine.Events, cancellation.Token).TakeAsync(3);
        await _time.RunAsync(reading, waiting: 2);

        Assert.Equal([EventType.Created, EventType.Started, EventType.Died], (await reading).Select(value => value.Type));
        Assert.Equal([Start, Start.AddSeconds(2)], new[] { await asked.Reader.ReadAsync(), await asked.Reader.ReadAsync() });
        Assert.Single(_engine.Events.Notes);
    }

    [Fact]
    public async Task ReadAsync_FollowedNotes_ComeOnce()
    {
        _engine.Runtime.OnEvents = (_, _) => Array.Empty<RuntimeEvent>().Async();
        var notes = new ActivityNotes(_engine.Home.Path, _time);
        notes.Stopped(new ServiceKey("before", null), ServiceMode.Host, 0);
        _time.Advance(TimeSpan.FromSeconds(1));

        var following = Reader.ReadAsync(new EventRequest { Services = new ServiceQuery(), Follow = true }, _engine.Events, default).GetAsyncEnumerator();
        await using (following)
        {
            foreach (var name in new[] { "first", "second" })
            {
                notes.Stopped(new ServiceKey(name, null), ServiceMode.Host, 0);
                var next = following.MoveNextAsync().AsTask();
                await _time.RunAsync(next, waiting: 2);
                Assert.Equal((name, EventType.Stopped, 0), (following.Current.Service, following.Current.Type, following.Current.ExitCode));
            }
        }
    }

    [Fact]
    public void Append_ManyProcesses_KeepsTheLatest()
    {
        var log = new ActivityLog(_engine.Home.Path);

        Parallel.For(0, ActivityLog.Most + 200, i => log.Append(Noted(EventType.Ready, i)));

        var names = log.Names();
        Assert.InRange(names.Count, ActivityLog.Most, ActivityLog.Most + 60);
        Assert.StartsWith($"{Start.AddSeconds(ActivityLog.Most + 199).UtcTicks:D19}-", names[^1], StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<RuntimeEvent> Broken(params RuntimeEvent[] first)
    {
        foreach (var value in first)
        {
            yield return value;
        }

        await Task.Yield();
        throw new ContainerRuntimeException(RuntimeFailure.Transient, "the connection broke");
    }

    private static Event Noted(EventType type, int seconds) => new() { Time = Start.AddSeconds(seconds), Type = type, Service = "demo", ContainerName = "localzure-demo", Mode = ServiceMode.Host, Message = "x" };

    private static RuntimeEvent Happened(string action, int seconds) => new(Start.AddSeconds(seconds), false, action, "0123456789abcdef", new Dictionary<string, string>
    {
        ["localzure.managed"] = "true",
        ["localzure.service"] = "demo",
        ["name"] = "localzure-demo",
    });

    private async Task<IReadOnlyList<Event>> ReadAllAsync(EventRequest request)
    {
        var events = new List<Event>();
        await foreach (var value in Reader.ReadAsync(request, _engine.Events, default))
        {
            events.Add(value);
        }

        return events;
    }
}
