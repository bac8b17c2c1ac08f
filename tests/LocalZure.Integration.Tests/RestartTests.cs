using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Restart and reset with the real thing.</summary>
public sealed class RestartTests
{
    [Theory, InDocker, OnHost]
    public async Task Restart_KeepsPortsSettingsAndData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var before = await lab.StartAsync(lab.Request("blob") with { Environment = new Dictionary<string, string> { ["LAB_SECRET"] = "s3" } });
        await Blobs.WriteAsync(before, 20);

        var after = await RestartAsync(lab, before);

        Assert.Equal((before.ContainerId, before.Ports[0].HostPort, ServiceHealthStatus.Healthy), (after.ContainerId, after.Ports[0].HostPort, after.Health));
        Assert.NotNull(after.Timeline!.ReadyMs);
        Assert.True(mode == ServiceMode.Docker || after.ProcessId != before.ProcessId);
        await Blobs.ReadAsync(after, 20);
        Assert.Equal("s3", await SecretAsync(after));

        // A start with the settings that it had takes it as it is.
        var again = await lab.StartAsync(lab.Request("blob") with { Environment = new Dictionary<string, string> { ["LAB_SECRET"] = "s3" } });
        Assert.Equal((after.ContainerId, after.ProcessId), (again.ContainerId, again.ProcessId));
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Restart_OfWhatWasStopped_StartsIt(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var before = await lab.StartAsync();
        await Blobs.WriteAsync(before, 5);
        await lab.StopAsync(before, keep: true);

        var after = await RestartAsync(lab, Assert.Single(await lab.GetAsync(includeStopped: true)));

        Assert.Equal(before.Ports[0].HostPort, after.Ports[0].HostPort);
        await Blobs.ReadAsync(after, 5);
    }

    [Theory, InDocker, OnHost]
    public async Task Reset_IsEmptyAtTheSamePortWithTheSameSettings(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var before = await lab.StartAsync(lab.Request("blob") with { Environment = new Dictionary<string, string> { ["LAB_SECRET"] = "s3" } });
        await Blobs.WriteAsync(before, 5);
        var data = await lab.DataAsync();

        var after = await RestartAsync(lab, before, empty: true);

        Assert.Equal((before.Ports[0].HostPort, before.ContainerName, before.Network), (after.Ports[0].HostPort, after.ContainerName, after.Network));
        Assert.False(await Blobs.ExistAsync(after));
        Assert.Equal(data, await lab.DataAsync());
        Assert.Equal("s3", await SecretAsync(after));
        await Blobs.WriteAsync(after, 5);
        var again = await lab.StartAsync(lab.Request("blob") with { Environment = new Dictionary<string, string> { ["LAB_SECRET"] = "s3" } });
        Assert.Equal((after.ContainerId, after.ProcessId), (again.ContainerId, again.ProcessId));
        Assert.Empty(await lab.FindOrphansAsync());
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Reset_WithLimits_KeepsThem()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var before = await lab.StartAsync(lab.Request("blob") with { MemoryBytes = 512 << 20, Cpus = 0.5 });
        var limits = await LimitsAsync(before);

        var after = await RestartAsync(lab, before, empty: true);

        Assert.Equal("536870912 500000000 10", limits);
        Assert.Equal(limits, await LimitsAsync(after));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Reset_KilledInTheMiddle_IsFinishedByTheNextStartWithItsSettings()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var folder = Directory.CreateDirectory(Path.Combine(lab.Home, "mounted")).FullName;
        var before = await lab.StartAsync(lab.Request("blob") with
        {
            MemoryBytes = 512 << 20,
            Cpus = 0.5,
            Volumes = new Dictionary<string, string> { [folder] = "/mounted" },
        });
        await Blobs.WriteAsync(before, 5);
        using var client = ClientProcess.Start(lab, "blob", null, "reset");

        // That a mounted folder is kept is said when the old container is gone and the new one is not there yet.
        await client.ReadToAsync("event Degraded");
        await client.KillAsync();
        var after = await lab.StartAsync(new StartRequest { Names = ["blob"], Instance = lab.Instance });

        Assert.Equal("536870912 500000000 10", await LimitsAsync(after));
        Assert.Equal(before.Ports[0].HostPort, after.Ports[0].HostPort);
        Assert.False(await Blobs.ExistAsync(after));
        Assert.Empty(Directory.GetFiles(Path.Combine(lab.Home, "resets")));
        await lab.StopAsync(after, removeData: true);
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker, OnHost]
    public async Task Suspend_AnswersNothingUntilItIsResumedStartedOrStopped(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();

        Assert.Equal(ServiceState.Paused, (await lab.Engine.SuspendAsync([service], CancellationToken.None))[0].Service!.State);
        Assert.Equal(ServiceState.Paused, (await lab.Engine.SuspendAsync([service], CancellationToken.None))[0].Service!.State);
        Assert.Equal([ServiceState.Paused], (await lab.GetAsync()).Select(found => found.State));
        Assert.Equal(ServiceHealthStatus.Unknown, (await HealthTests.CheckAsync(lab)).Status);

        Assert.Equal(ServiceState.Running, (await lab.Engine.ResumeAsync([service], CancellationToken.None))[0].Service!.State);
        Assert.Equal(ServiceHealthStatus.Healthy, (await HealthTests.CheckAsync(lab)).Status);

        await lab.Engine.SuspendAsync([service], CancellationToken.None);
        var started = await lab.StartAsync();
        Assert.Equal((service.ContainerId, service.ProcessId, ServiceState.Running), (started.ContainerId, started.ProcessId, started.State));

        await Blobs.WriteAsync(started, 50);
        await lab.Engine.SuspendAsync([service], CancellationToken.None);
        await lab.StopAsync(service);
        await Blobs.ReadAsync(await lab.StartAsync(), 50);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Wait_SeesWhatAnotherEngineStartsAndStops(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var healthy = WaitAsync(lab, WaitTarget.Healthy);

        var service = await lab.StartAsync(lab.Request("blob"), lab.NewEngine());

        var seen = Assert.Single(await healthy).Service!;
        Assert.Equal((service.ContainerId, service.ProcessId, ServiceHealthStatus.Healthy), (seen.ContainerId, seen.ProcessId, seen.Health));
        var stopped = WaitAsync(lab, WaitTarget.Stopped);
        await lab.StopAsync(service);
        Assert.Contains(Assert.Single(await stopped).Service!.State, (ServiceState[])[ServiceState.Stopped, ServiceState.NotCreated]);
    }

    private static async Task<Service> RestartAsync(Lab lab, Service service, bool empty = false)
    {
        var request = new RestartRequest { Services = [service] };
        var events = new RecordedEvents();
        var outcome = Assert.Single(await (empty ? lab.Engine.ResetAsync(request, events, CancellationToken.None) : lab.Engine.RestartAsync(request, events, CancellationToken.None)));
        Assert.Null(outcome.Error);
        return outcome.Service!;
    }

    private static Task<IReadOnlyList<ServiceOutcome>> WaitAsync(Lab lab, WaitTarget target) => lab.NewEngine().WaitAsync(
        new WaitRequest { Services = [new ServiceQuery { Names = ["blob"], Instance = lab.Instance }], For = target, Timeout = TimeSpan.FromMinutes(1) },
        new RecordedEvents(),
        CancellationToken.None);

    private static Task<string> LimitsAsync(Service service) =>
        Command.DockerAsync("inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.Config.StopTimeout}}", service.ContainerId!);

    // The value of the variable in the container or process.
    private static async Task<string?> SecretAsync(Service service)
    {
        var variables = service.ContainerId is { } id
            ? (await Command.DockerAsync("inspect", "--format", "{{range .Config.Env}}{{println .}}{{end}}", id)).Split('\n')
            : (await File.ReadAllTextAsync($"/proc/{service.ProcessId}/environ")).Split('\0');
        return variables.SingleOrDefault(variable => variable.StartsWith("LAB_SECRET=", StringComparison.Ordinal))?.Split('=')[1];
    }
}
