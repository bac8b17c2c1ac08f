using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>What health says of services in each state.</summary>
public sealed class HealthTests
{
    [Theory, InDocker, OnHost]
    public async Task CheckHealth_OfWhatAnswers_IsHealthy(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();

        var health = await CheckAsync(lab);

        Assert.Equal((ServiceHealthStatus.Healthy, "blob", lab.Instance, true), (health.Status, health.Service, health.Instance, health.Container.Running));
        var probe = Assert.Single(health.Details);
        Assert.Equal(("http", $"http://127.0.0.1:{service.Ports[0].HostPort}/", ServiceHealthStatus.Healthy), (probe.Type, probe.Target, probe.Status));
        Assert.StartsWith("HTTP 400 from Azurite-Blob/", probe.Message, StringComparison.Ordinal);
        Assert.True(health.Uptime > TimeSpan.Zero);
    }

    // A host process that is stopped by a signal is paused.
    [DockerFact]
    [Trait("Form", "full")]
    public async Task CheckHealth_OfWhatHangs_IsUnhealthy()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync();
        await Command.DockerAsync("kill", "--signal", "STOP", service.ContainerId!);

        var health = await CheckAsync(lab);

        Assert.Equal((ServiceHealthStatus.Unhealthy, true), (health.Status, health.Container.Running));
        Assert.Equal("no answer within 5 s", Assert.Single(health.Details).Message);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task CheckHealth_OfWhatIsPaused_IsUnknownAndNotProbed(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await lab.Engine.SuspendAsync([service], CancellationToken.None);

        var health = await CheckAsync(lab);

        Assert.Equal((ServiceHealthStatus.Unknown, "paused"), (health.Status, health.Container.Status));
        Assert.Empty(health.Details);
        Assert.Equal([ServiceState.Paused], (await lab.GetAsync()).Select(paused => paused.State));
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task CheckHealth_OfWhatWasStopped_IsStopped(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await lab.StopAsync(await lab.StartAsync(), keep: true);

        var health = await CheckAsync(lab);

        Assert.Equal((ServiceHealthStatus.Stopped, false), (health.Status, health.Container.Running));
        Assert.Empty(health.Details);
        Assert.Null(health.Uptime);
    }

    /// <summary>The health of the lab's only service.</summary>
    internal static async Task<ServiceHealth> CheckAsync(Lab lab) =>
        Assert.Single(await lab.Engine.CheckHealthAsync(new ServiceQuery { Instance = lab.Instance }, new RecordedEvents(), CancellationToken.None));
}
