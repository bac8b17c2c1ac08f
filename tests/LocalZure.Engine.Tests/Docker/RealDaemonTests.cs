using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

/// <summary>The client against the daemon of this machine.</summary>
[Trait("Needs", "engine")]
public sealed class RealDaemonTests : IClassFixture<DockerDaemonFixture>
{
    private readonly DockerDaemonFixture _daemon;

    public RealDaemonTests(DockerDaemonFixture daemon)
    {
        _daemon = daemon;
    }

    private static CancellationToken None => CancellationToken.None;

    [DockerFact]
    public void Info_AfterConnect_TellsEngineAndApi()
    {
        var info = _daemon.Runtime.Info;

        Assert.Equal(("unix://" + DockerTestImage.SocketPath, "linux"), (info.Endpoint, info.OperatingSystem));
        Assert.EndsWith(" Engine", info.EngineName, StringComparison.Ordinal);
        Assert.StartsWith("1.4", info.ApiVersion, StringComparison.Ordinal);
        Assert.NotEmpty(info.EngineVersion);
    }

    [DockerFact]
    public async Task Container_WholeLife_IsSeenAtEveryStep()
    {
        var volume = _daemon.NewName();
        await _daemon.Runtime.CreateVolumeAsync(volume, _daemon.Labels(), None);
        var spec = _daemon.Script("echo $GREETING; exec sleep 600") with
        {
            Environment = new Dictionary<string, string> { ["GREETING"] = "grüß=gott" },
            Labels = _daemon.Labels(("localzure.service", "x"), ("localzure.operation", "op1")),
            Ports = [new PortMapping(8080, "127.0.0.1", 0)],
            Mounts = [new MountSpec(MountKind.Volume, volume, "/data"), new MountSpec(MountKind.Bind, "/etc", "/host", ReadOnly: true), new MountSpec(MountKind.Tmpfs, "", "/mem")],
            StopSignal = "SIGINT",
            MemoryBytes = 64 * 1024 * 1024,
            Cpus = 0.5,
            PidsLimit = 50,
        };

        var id = await _daemon.Runtime.CreateContainerAsync(spec, None);
        var created = await _daemon.Runtime.InspectContainerAsync(spec.Name, None);
        await _daemon.Runtime.StartContainerAsync(id, None);
        await _daemon.Runtime.StartContainerAsync(id, None);
        var running = await _daemon.Runtime.InspectContainerAsync(id, None);
        var listed = Assert.Single(await _daemon.Runtime.ListContainersAsync([_daemon.RunLabel, "localzure.operation=op1"], includeStopped: false, None));

        Assert.Equal((id, spec.Name, ContainerState.Created, null, null, 0), (created!.Id, created.Name, created.State, created.StartedAt, created.FinishedAt, created.Ports.Count));
        Assert.Equal((ContainerState.Running, false, null), (running!.State, running.Tty, running.HealthStatus));
        Assert.EndsWith(spec.Image, running.Image, StringComparison.Ordinal);
        Assert.NotNull(running.StartedAt);
        var port = Assert.Single(running.Ports);
        Assert.Equal(new PortMapping(8080, "127.0.0.1", port.HostPort), port);
        Assert.Equal((id, spec.Name, ContainerState.Running, running.Image), (listed.Id, listed.Name, listed.State, listed.Image));
        Assert.Equal([port], listed.Ports);
        Assert.Equal("x", listed.Labels["localzure.service"]);
        Assert.Equal(["/data", "/host", "/mem"], running.Mounts.Select(mount => mount.Target).Append("/mem").Distinct().Order());
        Assert.Equal(volume, running.Mounts.Single(mount => mount.Kind == MountKind.Volume).Name);
        Assert.InRange(DateTimeOffset.UtcNow - created.CreatedAt, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(5));

        var wait = _daemon.Runtime.WaitForExitAsync(id, None);
        Assert.True(await _daemon.Runtime.SignalContainerAsync(id, "SIGKILL", None));
        Assert.Equal(137, await wait);
        Assert.False(await _daemon.Runtime.SignalContainerAsync(id, "SIGTERM", None));
        var ended = await _daemon.Runtime.InspectContainerAsync(id, None);
        Assert.Equal((ContainerState.Exited, 137, false), (ended!.State, ended.ExitCode, ended.OutOfMemory));
        Assert.NotNull(ended.FinishedAt);
        Assert.Equal("grüß=gott", Assert.Single(await _daemon.ReadAllAsync(id)).Text);
        Assert.True(await _daemon.Runtime.RemoveContainerAsync(id, None));
        Assert.False(await _daemon.Runtime.RemoveContainerAsync(id, None));
        Assert.Null(await _daemon.Runtime.InspectContainerAsync(id, None));
        Assert.True(await _daemon.Runtime.RemoveVolumeAsync(volume, None));
    }

    [DockerFact]
    public async Task MissingContainer_EveryCall_AnswersWithAValue()
    {
        const string gone = "lz-test-never-there";

        Assert.Null(await _daemon.Runtime.InspectContainerAsync(gone, None));
        Assert.False(await _daemon.Runtime.SignalContainerAsync(gone, "SIGTERM", None));
        Assert.Null(await _daemon.Runtime.WaitForExitAsync(gone, None));
        Assert.False(await _daemon.Runtime.RemoveContainerAsync(gone, None));
        Assert.Empty(await _daemon.ReadAllAsync(gone));
        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.StartContainerAsync(gone, None));
        Assert.Equal(RuntimeFailure.ContainerMissing, failure.Failure);
    }

    [DockerFact]
    public async Task WaitForExit_ScriptEnds_GivesItsExitCode()
    {
        var id = await _daemon.StartAsync("exit 42");

        Assert.Equal(42, await _daemon.Runtime.WaitForExitAsync(id, None));
    }

    [DockerFact]
    public async Task WaitForExit_ContainerRemovedMeanwhile_Ends()
    {
        var id = await _daemon.StartAsync("exec sleep 600");
        var wait = _daemon.Runtime.WaitForExitAsync(id, None);

        await _daemon.Runtime.RemoveContainerAsync(id, None);

        Assert.Contains(await wait, new int?[] { null, 137 });
    }

    [DockerFact]
    public async Task WaitForExit_Cancelled_EndsAtOnce()
    {
        var id = await _daemon.StartAsync("exec sleep 600");
        using var cancel = new CancellationTokenSource();
        var wait = _daemon.Runtime.WaitForExitAsync(id, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(2)));
    }

    [DockerFact]
    public async Task Create_NameTaken_IsAConflict()
    {
        var spec = _daemon.Script("true");
        await _daemon.Runtime.CreateContainerAsync(spec, None);

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.CreateContainerAsync(spec, None));

        Assert.Equal((RuntimeFailure.Conflict, ErrorCode.NameConflict), (failure.Failure, failure.Code));
    }

    [DockerFact]
    public async Task Create_ImageMissing_SaysSo()
    {
        var spec = _daemon.Script("true") with { Image = "localzure-test/none:1" };

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.CreateContainerAsync(spec, None));

        Assert.Equal(RuntimeFailure.ImageMissing, failure.Failure);
        Assert.Contains("localzure-test/none:1", failure.Message, StringComparison.Ordinal);
        Assert.False(await _daemon.Runtime.ImageExistsAsync(spec.Image, None));
        Assert.True(await _daemon.Runtime.ImageExistsAsync(DockerTestImage.Name, None));
    }

    [DockerFact]
    public async Task CreateOrStart_NetworkMissing_SaysSo()
    {
        var spec = _daemon.Script("true") with { Network = "lz-test-no-such-network", NetworkAliases = ["x"] };

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(async () =>
            await _daemon.Runtime.StartContainerAsync(await _daemon.Runtime.CreateContainerAsync(spec, None), None));

        Assert.Equal(RuntimeFailure.NetworkMissing, failure.Failure);
    }

    [DockerFact]
    public async Task CreateOrStart_BadMount_IsRefusedWithThePath()
    {
        var spec = _daemon.Script("true") with { Mounts = [new MountSpec(MountKind.Bind, "/dev/null/here", "/x")] };

        // Docker looks at the path at the creation, Podman at the start. Podman would make a folder that is missing.
        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(async () =>
            await _daemon.Runtime.StartContainerAsync(await _daemon.Runtime.CreateContainerAsync(spec, None), None));

        Assert.Equal(_daemon.IsPodman ? RuntimeFailure.Transient : RuntimeFailure.BadRequest, failure.Failure);
        Assert.Contains("/dev/null/here", failure.Message, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task Start_PortHeldByThisProcess_IsPortUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var spec = _daemon.Script("sleep 600") with { Ports = [new PortMapping(80, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port)] };
        var id = await _daemon.Runtime.CreateContainerAsync(spec, None);

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.StartContainerAsync(id, None));

        Assert.Equal((RuntimeFailure.PortUnavailable, ErrorCode.PortInUse), (failure.Failure, failure.Code));
    }

    [DockerFact]
    public async Task Start_PortHeldByAnotherContainer_IsPortUnavailable()
    {
        var first = await _daemon.Runtime.CreateContainerAsync(_daemon.Script("sleep 600") with { Ports = [new PortMapping(80, "127.0.0.1", 0)] }, None);
        await _daemon.Runtime.StartContainerAsync(first, None);
        var port = (await _daemon.Runtime.InspectContainerAsync(first, None))!.Ports[0];
        var second = await _daemon.Runtime.CreateContainerAsync(_daemon.Script("sleep 600") with { Ports = [port] }, None);

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.StartContainerAsync(second, None));

        Assert.Equal(RuntimeFailure.PortUnavailable, failure.Failure);
    }

    [DockerFact]
    public async Task Network_WholeLife_Works()
    {
        var name = _daemon.NewName();
        var id = await _daemon.Runtime.CreateNetworkAsync(name, _daemon.Labels(("n", "1")), None);
        var container = await _daemon.Runtime.CreateContainerAsync(_daemon.Script("sleep 600") with { Network = name, NetworkAliases = ["alias"] }, None);
        await _daemon.Runtime.StartContainerAsync(container, None);

        var conflict = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.CreateNetworkAsync(name, _daemon.Labels(), None));
        var inUse = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.RemoveNetworkAsync(name, None));
        var inspected = await _daemon.Runtime.InspectNetworkAsync(name, None);
        var listed = Assert.Single(await _daemon.Runtime.ListNetworksAsync([_daemon.RunLabel, "n=1"], None));
        var details = await _daemon.Runtime.InspectContainerAsync(container, None);

        Assert.Equal((RuntimeFailure.Conflict, RuntimeFailure.InUse), (conflict.Failure, inUse.Failure));
        Assert.Equal((id, name), (inspected!.Id, inspected.Name));
        Assert.Equal([container], inspected.ContainerIds);
        Assert.Equal((id, inspected.CreatedAt), (listed.Id, listed.CreatedAt));
        Assert.Equal([name], details!.Networks);
        await _daemon.Runtime.RemoveContainerAsync(container, None);
        Assert.True(await _daemon.Runtime.RemoveNetworkAsync(id, None));
        Assert.False(await _daemon.Runtime.RemoveNetworkAsync(id, None));
        Assert.Null(await _daemon.Runtime.InspectNetworkAsync(id, None));
    }

    [DockerFact]
    public async Task Volume_WholeLife_Works()
    {
        var name = _daemon.NewName();
        var first = await _daemon.Runtime.CreateVolumeAsync(name, _daemon.Labels(("by", "first")), None);
        var second = await _daemon.Runtime.CreateVolumeAsync(name, _daemon.Labels(("by", "second")), None);
        var spec = _daemon.Script("true") with { Mounts = [new MountSpec(MountKind.Volume, name, "/data")] };
        var container = await _daemon.Runtime.CreateContainerAsync(spec, None);

        var inUse = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _daemon.Runtime.RemoveVolumeAsync(name, None));
        var listed = Assert.Single(await _daemon.Runtime.ListVolumesAsync([_daemon.RunLabel, "by=first"], None));

        Assert.Equal(RuntimeFailure.InUse, inUse.Failure);
        Assert.Equal(("first", "first", name), (first.Labels["by"], second.Labels["by"], listed.Name));
        Assert.NotNull(listed.CreatedAt);
        await _daemon.Runtime.RemoveContainerAsync(container, None);
        Assert.True(await _daemon.Runtime.RemoveVolumeAsync(name, None));
        Assert.False(await _daemon.Runtime.RemoveVolumeAsync(name, None));
        Assert.Null(await _daemon.Runtime.InspectVolumeAsync(name, None));
    }

    [DockerFact]
    public async Task Remove_FromTwoSides_BothEnd()
    {
        var id = await _daemon.StartAsync("exec sleep 600");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _daemon.Runtime.RemoveContainerAsync(id, None)));

        Assert.Contains(true, answers);
        Assert.Null(await _daemon.Runtime.InspectContainerAsync(id, None));
    }
}
