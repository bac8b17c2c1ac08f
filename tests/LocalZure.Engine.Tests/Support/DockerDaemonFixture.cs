using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A connection to the real daemon, and what tests made there, removed at the end.</summary>
public sealed class DockerDaemonFixture : IAsyncLifetime
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _names;

    internal IContainerRuntime Runtime { get; private set; } = null!;

    /// <summary>Whether the daemon is Podman, which differs here and there.</summary>
    internal bool IsPodman => Runtime.Info.EngineName == SystemClient.PodmanName;

    /// <summary>The label that everything of this run carries.</summary>
    internal string RunLabel => $"localzure.test-run={_run}";

    public async Task InitializeAsync()
    {
        if (DockerTestImage.SkipReason is not null)
        {
            return;
        }

        await DockerTestImage.EnsureAsync();
        Runtime = await ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        if (Runtime is null)
        {
            return;
        }

        foreach (var container in await Runtime.ListContainersAsync([RunLabel], includeStopped: true, CancellationToken.None))
        {
            await Runtime.RemoveContainerAsync(container.Id, CancellationToken.None);
        }

        foreach (var network in await Runtime.ListNetworksAsync([RunLabel], CancellationToken.None))
        {
            await Runtime.RemoveNetworkAsync(network.Id, CancellationToken.None);
        }

        foreach (var volume in await Runtime.ListVolumesAsync([RunLabel], CancellationToken.None))
        {
            await Runtime.RemoveVolumeAsync(volume.Name, CancellationToken.None);
        }

        await Runtime.DisposeAsync();
    }

    internal static Task<IContainerRuntime> ConnectAsync() =>
        new DockerConnector(
            new EnvironmentSnapshot([KeyValuePair.Create("DOCKER_HOST", "unix://" + DockerTestImage.SocketPath)]),
            "/nonexistent",
            TimeProvider.System).ConnectAsync(CancellationToken.None);

    internal string NewName() => $"lz-test-{_run}-{Interlocked.Increment(ref _names)}";

    internal Dictionary<string, string> Labels(params (string Key, string Value)[] more)
    {
        var labels = more.ToDictionary(pair => pair.Key, pair => pair.Value);
        labels["localzure.test-run"] = _run;
        return labels;
    }

    /// <summary>A container of the test image that runs a shell script.</summary>
    internal ContainerSpec Script(string script) => new()
    {
        Name = NewName(),
        Image = DockerTestImage.Name,
        Command = ["/bin/sh", "-c", script],
        Labels = Labels(),
    };

    /// <summary>Creates and starts a container that runs a shell script.</summary>
    internal async Task<string> StartAsync(string script)
    {
        var id = await Runtime.CreateContainerAsync(Script(script), CancellationToken.None);
        await Runtime.StartContainerAsync(id, CancellationToken.None);
        return id;
    }

    internal async Task<List<ContainerLogLine>> ReadAllAsync(string id, ContainerLogQuery? query = null)
    {
        var lines = new List<ContainerLogLine>();
        await foreach (var line in Runtime.ReadLogAsync(id, query ?? new ContainerLogQuery(), CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }
}
