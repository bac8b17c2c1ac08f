using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ContainerStatsClientTests
{
    private const string Answer = """
        {"read":"2026-11-21T16:15:29Z","preread":"0001-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":200},"system_cpu_usage":4000,"online_cpus":4},"memory_stats":{"usage":5000}}
        """;

    [Theory]
    [InlineData(40, "GET /v1.40/containers/ab/stats?stream=0")]
    [InlineData(41, "GET /v1.41/containers/ab/stats?stream=0&one-shot=1")]
    public async Task Read_Runs_IsMeasuredInOneCall(int minor, string expected)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, Answer));
        using var http = daemon.Client(version: new DockerApiVersion(1, minor));

        var sample = await new ContainerStatsClient(http).ReadAsync("ab", CancellationToken.None);

        Assert.Equal((200UL, 5000L), (sample!.Cpu.Used, sample.Memory));
        Assert.Equal(expected, Assert.Single(daemon.Requests).ToString());
    }

    [Theory]
    [InlineData(404, "no such container")]
    [InlineData(500, "container is stopped: container state improper")]
    public async Task Read_DoesNotRun_IsNone(int status, string message)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(status, $$"""{"message":"{{message}}"}"""));
        using var http = daemon.Client();

        Assert.Null(await new ContainerStatsClient(http).ReadAsync("ab", CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"read\":\"now\"}")]
    public async Task Read_AnswerThatIsNone_IsTransient(string body)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, body));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => new ContainerStatsClient(http).ReadAsync("ab", CancellationToken.None));

        Assert.Equal("Docker could not measure the container 'ab': its answer cannot be read.", failure.Message);
    }
}
