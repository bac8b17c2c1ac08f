using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>What services use and what happens to them, in both modes.</summary>
public sealed class ObserveTests
{
    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task GetStat_OfWhatRuns_HasTheSameShape(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await lab.StartAsync();

        var request = new StatRequest(new ServiceQuery { Instance = lab.Instance }, TimeSpan.FromMilliseconds(500));
        var stat = Assert.Single(await lab.Engine.GetStatAsync(request, new RecordedEvents(), default));

        Assert.Equal(("blob", lab.Instance, lab.NameOf("blob"), mode), (stat.Service, stat.Instance, stat.ContainerName, stat.Mode));
        Assert.InRange(stat.CpuPercent, 0, 100.0 * Environment.ProcessorCount * 1.1);

        // Azurite is a Node.js program, which takes some tens of megabytes.
        Assert.InRange(stat.MemoryUsage!.Value, 10_000_000, 1_000_000_000);
        Assert.True(stat.MemoryLimit > stat.MemoryUsage && stat.MemoryPercent > 0 && stat.ProcessCount > 1);
        Assert.Equal(mode == ServiceMode.Docker, stat.NetworkReceived is not null);
    }

    [Theory, InDocker, OnHost]
    public async Task ReadEvents_OfALife_AreAllToldInOrder(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await lab.Engine.SuspendAsync([service], default);
        await lab.Engine.ResumeAsync([service], default);
        await lab.StopAsync(service, removeData: true);

        var events = await ReadAsync(lab);

        Assert.Equal(
            mode == ServiceMode.Docker
                ? [EventType.Created, EventType.Started, EventType.Ready, EventType.Paused, EventType.Resumed, EventType.Died, EventType.Removed, EventType.Stopped]
                : [EventType.Started, EventType.Ready, EventType.Paused, EventType.Resumed, EventType.Stopped, EventType.Removed],
            events.Select(value => value.Type));
        Assert.All(events, value => Assert.Equal(("blob", lab.Instance, mode), (value.Service, value.Instance, value.Mode)));
    }

    [HostFact]
    public async Task ReadEvents_OfAProcessThatWasKilled_TellsItOnceToEverybody()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);
        var service = await lab.StartAsync();
        await Command.RunAsync("kill", ["-9", $"{service.ProcessId}"]);
        await Eventually.IsEmptyAsync(async () => (await lab.GetAsync()).Select(one => one.Name).ToList());

        await ReadAsync(lab);
        var events = await ReadAsync(lab);

        Assert.Equal([EventType.Started, EventType.Ready, EventType.Died], events.Select(value => value.Type));
    }

    private static async Task<IReadOnlyList<Event>> ReadAsync(Lab lab)
    {
        var events = new List<Event>();
        await foreach (var value in lab.NewEngine().ReadEventsAsync(new EventRequest { Services = new ServiceQuery { Instance = lab.Instance } }, new RecordedEvents(), default))
        {
            events.Add(value);
        }

        return events;
    }
}
