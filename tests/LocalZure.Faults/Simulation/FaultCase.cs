using System.Diagnostics;
using LocalZure.Engine;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>A daemon with other people's things on it, and three services that are started and stopped on it.</summary>
internal sealed class FaultCase : IAsyncDisposable
{
    /// <summary>No call may take longer, whatever the daemon does.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private const string Instance = "fx";

    private static readonly string[] Services = ["blob", "queue", "table"];

    private readonly TempFolder _home = new();
    private readonly string _foreign;

    public FaultCase()
    {
        Daemon.Engine.AddForeign("localzure-blob", new Dictionary<string, string>());
        Daemon.Engine.AddForeign("postgres", new Dictionary<string, string> { ["localzure.service"] = "blob", ["localzure.instance"] = Instance });
        Daemon.Engine.AddForeign("localzure-blob-far", new Dictionary<string, string>
        {
            [Labels.Managed] = Labels.ManagedValue,
            [Labels.Service] = "blob",
            [Labels.Instance] = "far",
            [Labels.Lifetime] = "Session",
            [Labels.Owner] = "0123456789abcdef/0123456789abcdef/1/1",
            [Labels.Operation] = "far",
        });
        Daemon.Engine.AddForeignNetwork("localzure");
        Daemon.Engine.AddForeignVolume("localzure-blob-data");
        _foreign = Foreign();
    }

    public FaultyDaemon Daemon { get; } = new();

    /// <summary>Starts the three services; null where nothing was thrown, and how each has ended.</summary>
    public Task<CallResult> StartAsync(DockerLimits limits) => RunAsync(limits, (engine, token) => engine.StartAsync(Request(), new RecordedEvents(), token));

    /// <summary>Finds and stops what runs.</summary>
    public Task<CallResult> StopAsync(DockerLimits limits) => RunAsync(limits, async (engine, token) =>
    {
        var services = await engine.GetAsync(new ServiceQuery { Instance = Instance, IncludeStopped = true }, new RecordedEvents(), token);
        return await engine.StopAsync(new StopRequest { Services = services, Timeout = TimeSpan.FromSeconds(2) }, new RecordedEvents(), token);
    });

    /// <summary>Removes orphans; what is left of the instance, without data volumes.</summary>
    public async Task<IReadOnlyList<string>> SweepAsync()
    {
        await using var engine = Daemon.Client(_home.Path, new DockerLimits());
        var orphans = await engine.FindOrphansAsync(null, new RecordedEvents(), CancellationToken.None);
        var removed = await engine.RemoveOrphansAsync(orphans, new RecordedEvents(), CancellationToken.None);
        Assert.All(removed, orphan => Assert.True(orphan.Removed, $"{orphan.Kind} {orphan.Name} is not removed"));
        return Left(withNotes: true);
    }

    /// <summary>The containers and networks of the instance, and the notes of starts, which the next sweep or start takes away.</summary>
    public IReadOnlyList<string> Left(bool withNotes)
    {
        var notes = Path.Combine(_home.Path, "operations");
        return
        [
            .. Daemon.Engine.Containers.Where(container => IsOurs(container.Labels)).Select(container => $"container {container.Name} {container.State}").Order(StringComparer.Ordinal),
            .. Daemon.Engine.Networks.Where(network => IsOurs(network.Labels)).Select(network => $"network {network.Name}"),
            .. withNotes && Directory.Exists(notes) ? Directory.EnumerateFiles(notes, "*.json").Select(file => $"note {Path.GetFileName(file)}") : [],
        ];
    }

    /// <summary>What is to be left when exactly these services run.</summary>
    public static IReadOnlyList<string> Running(IEnumerable<string> services)
    {
        var containers = services.Order(StringComparer.Ordinal).Select(service => $"container localzure-{service}-{Instance} running").ToList();
        return containers.Count == 0 ? [] : [.. containers, $"network localzure-{Instance}"];
    }

    public static IReadOnlyList<string> AllRunning => Running(Services);

    /// <summary>Fails unless other people's things are as they were.</summary>
    public void CheckForeign() => Assert.Equal(_foreign, Foreign());

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        _home.Dispose();
    }

    private static StartRequest Request() => new()
    {
        Names = Services,
        Instance = Instance,
        Mode = ServiceMode.Docker,
        Ports = new Dictionary<string, PortWish> { ["blob"] = 0, ["queue"] = 0, ["table"] = 0 },
    };

    private static bool IsOurs(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault(Labels.Managed) == Labels.ManagedValue && labels.GetValueOrDefault(Labels.Instance) == Instance;

    private async Task<CallResult> RunAsync(DockerLimits limits, Func<LocalZureEngine, CancellationToken, Task<IReadOnlyList<ServiceOutcome>>> call)
    {
        await using var engine = Daemon.Client(_home.Path, limits);
        var watch = Stopwatch.StartNew();
        try
        {
            var outcomes = await call(engine, CancellationToken.None).WaitAsync(Bound);
            return new CallResult(outcomes, null, watch.Elapsed);
        }
        catch (LocalZureException e)
        {
            return new CallResult([], e, watch.Elapsed);
        }
    }

    private string Foreign() => string.Join('\n', (string[])
    [
        .. Daemon.Engine.Containers.Where(container => !IsOurs(container.Labels)).Select(container => $"{container.Id} {container.Name} {container.State}"),
        .. Daemon.Engine.Networks.Where(network => !IsOurs(network.Labels)).Select(network => $"{network.Id} {network.Name}"),
        .. Daemon.Engine.Volumes.Where(volume => !IsOurs(volume.Labels)).Select(volume => $"{volume.Name} {volume.CreatedAt:O}"),
    ]);
}
