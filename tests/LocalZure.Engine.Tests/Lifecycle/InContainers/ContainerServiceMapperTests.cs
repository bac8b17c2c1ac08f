using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class ContainerServiceMapperTests
{
    private static readonly DesiredService Blob = TestServices.Of(ServiceCatalog.Get("blob"), "pr42");

    [Theory]
    [InlineData(nameof(ContainerState.Created), null, 0, ServiceState.Failed, ServiceHealthStatus.Stopped, "It was created but never started.")]
    [InlineData(nameof(ContainerState.Created), nameof(OwnerState.Alive), 0, ServiceState.Creating, ServiceHealthStatus.Starting, null)]
    [InlineData(nameof(ContainerState.Created), nameof(OwnerState.Unknown), 0, ServiceState.Creating, ServiceHealthStatus.Starting, null)]
    [InlineData(nameof(ContainerState.Created), nameof(OwnerState.Dead), 0, ServiceState.Failed, ServiceHealthStatus.Stopped, "It was created but never started.")]
    [InlineData(nameof(ContainerState.Running), null, 0, ServiceState.Running, ServiceHealthStatus.Unknown, null)]
    [InlineData(nameof(ContainerState.Running), nameof(OwnerState.Alive), 0, ServiceState.Starting, ServiceHealthStatus.Starting, null)]
    [InlineData(nameof(ContainerState.Restarting), null, 0, ServiceState.Running, ServiceHealthStatus.Unknown, null)]
    [InlineData(nameof(ContainerState.Paused), null, 0, ServiceState.Paused, ServiceHealthStatus.Unknown, null)]
    [InlineData(nameof(ContainerState.Removing), null, 0, ServiceState.Stopping, ServiceHealthStatus.Stopped, null)]
    [InlineData(nameof(ContainerState.Exited), null, 0, ServiceState.Stopped, ServiceHealthStatus.Stopped, null)]
    [InlineData(nameof(ContainerState.Exited), null, 130, ServiceState.Stopped, ServiceHealthStatus.Stopped, null)]
    [InlineData(nameof(ContainerState.Exited), null, 137, ServiceState.Stopped, ServiceHealthStatus.Stopped, null)]
    [InlineData(nameof(ContainerState.Exited), null, 143, ServiceState.Stopped, ServiceHealthStatus.Stopped, null)]
    [InlineData(nameof(ContainerState.Exited), null, 1, ServiceState.Failed, ServiceHealthStatus.Stopped, "It ended with exit code 1.")]
    [InlineData(nameof(ContainerState.Dead), null, 0, ServiceState.Failed, ServiceHealthStatus.Stopped, null)]
    [InlineData(nameof(ContainerState.Unknown), null, 0, ServiceState.Failed, ServiceHealthStatus.Stopped, null)]
    public void Map_State_Table(string state, string? start, int exitCode, ServiceState expected, ServiceHealthStatus health, string? lastError)
    {
        var service = ContainerServiceMapper.Map(Details(Enum.Parse<ContainerState>(state)) with { ExitCode = exitCode }, Observed(start));

        Assert.Equal((expected, health, lastError), (service.State, service.Health, service.LastError));
        Assert.Equal(state is nameof(ContainerState.Exited) or nameof(ContainerState.Dead) ? exitCode : null, service.ExitCode);
    }

    [Theory]
    [InlineData("healthy", "Up 3 seconds (healthy)", ServiceHealthStatus.Healthy)]
    [InlineData("unhealthy", "Up 3 minutes (unhealthy)", ServiceHealthStatus.Unhealthy)]
    [InlineData("starting", "Up 1 second (health: starting)", ServiceHealthStatus.Starting)]
    [InlineData(null, "Up 3 seconds", ServiceHealthStatus.Unknown)]
    public void Map_OwnHealthcheck_ListAndInspectionSayTheSame(string? inspected, string listed, ServiceHealthStatus expected)
    {
        Assert.Equal(expected, ContainerServiceMapper.Map(Details(ContainerState.Running) with { HealthStatus = inspected }, ObservedStates.Nothing).Health);
        Assert.Equal(expected, ContainerServiceMapper.Map(Summary(ContainerState.Running) with { Status = listed }, ObservedStates.Nothing).Health);
    }

    [Fact]
    public void Map_OutOfMemory_HasFailed()
    {
        var service = ContainerServiceMapper.Map(Details(ContainerState.Exited) with { ExitCode = 137, OutOfMemory = true }, ObservedStates.Nothing);

        Assert.Equal((ServiceState.Failed, "It was ended for lack of memory.", 137), (service.State, service.LastError, service.ExitCode));
    }

    [Fact]
    public void Map_RunningBlob_ListAndInspectionGiveTheSameService()
    {
        var expected = new Service
        {
            Name = "blob",
            Instance = "pr42",
            ContainerName = "localzure-blob-pr42",
            ContainerId = "c0ffee",
            Mode = ServiceMode.Docker,
            State = ServiceState.Running,
            Health = ServiceHealthStatus.Unknown,
            Image = ImageTags.Azurite,
            Ports = [new ServicePort("blob", 10000, "127.0.0.1", 30001, "tcp")],
            Endpoints = new Dictionary<string, string> { ["blob"] = "http://127.0.0.1:30001/devstoreaccount1" },
            Volumes = [new ServiceVolume("data", "localzure-blob-pr42-data", "/data", "volume"), new ServiceVolume("", "/home/me", "/me", "bind")],
            Network = "localzure-pr42",
            Lifetime = ServiceLifetime.Persistent,
            ExpiresAt = new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.Zero),
        };

        var listed = ContainerServiceMapper.Map(Summary(ContainerState.Running), ObservedStates.Nothing);
        var inspected = ContainerServiceMapper.Map(Details(ContainerState.Running) with { StartedAt = DateTimeOffset.UnixEpoch, RestartCount = 2 }, ObservedStates.Nothing);

        Assert.Equal(["AZURE_STORAGE_CONNECTION_STRING", "AzureWebJobsStorage", "ConnectionStrings__blob"], listed.ConnectionStrings.Keys);
        Assert.EndsWith(";BlobEndpoint=http://127.0.0.1:30001/devstoreaccount1;", listed.ConnectionString, StringComparison.Ordinal);
        expected = expected with { ConnectionString = listed.ConnectionString, ConnectionStrings = listed.ConnectionStrings };
        Assert.Equivalent(expected, listed, strict: true);
        Assert.Equivalent(expected with { StartedAt = DateTimeOffset.UnixEpoch, RestartCount = 2 }, inspected, strict: true);
    }

    [Fact]
    public void Map_StoppedBlob_HasNoEndpointAndNoConnectionString()
    {
        var service = ContainerServiceMapper.Map(Details(ContainerState.Exited) with { Ports = [] }, ObservedStates.Nothing);

        Assert.Empty(service.Endpoints);
        Assert.Empty(service.ConnectionStrings);
        Assert.Null(service.ConnectionString);
    }

    [Fact]
    public void Map_PortsOnEveryAddress_AreReachedOverLoopback()
    {
        var service = ContainerServiceMapper.Map(Details(ContainerState.Running) with { Ports = [new PortMapping(10000, "0.0.0.0", 30001)] }, ObservedStates.Nothing);

        Assert.Equal("http://127.0.0.1:30001/devstoreaccount1", service.Endpoints["blob"]);
        Assert.Equal("0.0.0.0", service.Ports[0].HostAddress);
    }

    [Fact]
    public void Map_ServiceThatTheCatalogDoesNotKnow_IsShownAllTheSame()
    {
        var service = ContainerServiceMapper.Map(
            Summary(ContainerState.Running) with { Labels = new Dictionary<string, string> { [Labels.Service] = "older" }, Ports = [new PortMapping(80, "127.0.0.1", 8080)], Mounts = [new ContainerMount(MountKind.Volume, "foreign", "", "/x")] },
            ObservedStates.Nothing);

        Assert.Equal(("older", null), (service.Name, service.Instance));
        Assert.Equal([new ServicePort("80", 80, "127.0.0.1", 8080, "tcp")], service.Ports);
        Assert.Equal([new ServiceVolume("foreign", "foreign", "/x", "volume")], service.Volumes);
    }

    private static ObservedState Observed(string? start) =>
        start is null ? ObservedStates.Nothing : new ObservedState([], [], new Dictionary<string, OwnerState> { ["op"] = Enum.Parse<OwnerState>(start) });

    private static Dictionary<string, string> LabelsOf() => ContainerLabels.ForContainer(
        Blob with { TimeToLive = TimeSpan.FromHours(1) }, new StartOperation("op", "h/b/1/2", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)));

    private static ContainerSummary Summary(ContainerState state) => new()
    {
        Id = "c0ffee",
        Name = "localzure-blob-pr42",
        Image = ImageTags.Azurite,
        State = state,
        Labels = LabelsOf(),
        Ports = [new PortMapping(10000, "127.0.0.1", 30001)],
        Mounts =
        [
            new ContainerMount(MountKind.Volume, "localzure-blob-pr42-data", "/var/lib/docker/volumes/x", "/data"),
            new ContainerMount(MountKind.Bind, "", "/home/me", "/me"),
            new ContainerMount(MountKind.Tmpfs, "", "", "/tmp"),
        ],
        Networks = ["localzure-pr42"],
    };

    private static ContainerDetails Details(ContainerState state)
    {
        var summary = Summary(state);
        return new ContainerDetails
        {
            Id = summary.Id,
            Name = summary.Name,
            Image = summary.Image,
            State = state,
            Labels = summary.Labels,
            Ports = summary.Ports,
            Mounts = summary.Mounts,
            Networks = summary.Networks,
        };
    }
}
