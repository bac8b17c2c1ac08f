using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

/// <summary>The probes that ask the container engine.</summary>
public sealed class ContainerProbeTests : IAsyncDisposable
{
    private readonly FakeContainerRuntime _runtime = new();
    private readonly FakeContainer _container;

    public ContainerProbeTests() => _container = _runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "demo:1" });

    private ProbedService Service => ProbedServices.Container(_runtime, _container);

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Theory]
    [InlineData(0, "accepting connections\n\n", ServiceHealthStatus.Healthy, "exit code 0: accepting connections")]
    [InlineData(0, "", ServiceHealthStatus.Healthy, "exit code 0")]
    [InlineData(2, "first\nno response; Password=geheim;", ServiceHealthStatus.Unhealthy, "exit code 2: no response; Password=***;")]
    public async Task Exec_Command_GoesByItsExitCode(int exitCode, string output, ServiceHealthStatus status, string message)
    {
        List<string> asked = [];
        _runtime.OnExecute = (_, command) =>
        {
            asked.AddRange(command);
            return new ContainerExecResult(exitCode, output.Split('\n'));
        };

        var result = await new ExecProbe(new ExecProbeDefinition(["check", "-P", "geheim"]), Service, TimeProvider.System).CheckAsync(default);

        Assert.Equal(new ProbeResult("exec", "check in localzure-demo", status, result.Latency, message), result);
        Assert.Equal(["check", "-P", "geheim"], asked);
    }

    [Fact]
    public async Task Exec_ContainerThatDoesNotRun_Fails()
    {
        _container.End(1);

        Assert.Equal("the container does not run", (await new ExecProbe(new ExecProbeDefinition(["true"]), Service, TimeProvider.System).CheckAsync(default)).Message);
    }

    [Fact]
    public async Task Exec_EngineThatRefuses_FailsWithItsWords()
    {
        _runtime.OnExecute = (_, _) => throw new ContainerRuntimeException(RuntimeFailure.Transient, "the daemon is busy", 500);

        var result = await new ExecProbe(new ExecProbeDefinition(["true"]), Service, TimeProvider.System).CheckAsync(default);

        Assert.Equal((ServiceHealthStatus.Unhealthy, "the daemon is busy"), (result.Status, result.Message));
    }

    [Fact]
    public async Task Exec_CommandThatHangs_EndsAtTheLimit()
    {
        var time = new ManualTimeProvider();
        _runtime.Before = call => call.Name == "Execute" ? Task.Delay(Timeout.Infinite, call.Token) : Task.CompletedTask;

        var work = new ExecProbe(new ExecProbeDefinition(["sleep"]) { Timeout = TimeSpan.FromSeconds(2) }, Service, time).CheckAsync(default);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("no answer within 2 s", (await work.WaitAsync(Eventually.Deadline)).Message);
    }

    [Theory]
    [InlineData("healthy", ServiceHealthStatus.Healthy)]
    [InlineData("starting", ServiceHealthStatus.Unhealthy)]
    [InlineData("unhealthy", ServiceHealthStatus.Unhealthy)]
    public async Task Docker_Healthcheck_IsWhatCounts(string own, ServiceHealthStatus status)
    {
        _container.HealthStatus = own;

        Assert.Equal(new ProbeResult("docker", "HEALTHCHECK of localzure-demo", status, null, own), await new DockerProbe(new DockerProbeDefinition(), Service, TimeProvider.System).CheckAsync(default));
    }

    [Fact]
    public async Task Docker_ImageWithoutHealthcheck_CanNeverPass()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => new DockerProbe(new DockerProbeDefinition(), Service, TimeProvider.System).CheckAsync(default));

        Assert.Equal((ErrorCode.ServiceUnhealthy, "The image demo:1 of localzure-demo has no HEALTHCHECK to go by."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Docker_ContainerIsGone_Fails()
    {
        _runtime.Take(_container);

        Assert.Equal("the container is gone", (await new DockerProbe(new DockerProbeDefinition(), Service, TimeProvider.System).CheckAsync(default)).Message);
    }
}
