using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;
using static LocalZure.Engine.Tests.Docker.LogFrames;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ContainerLogsClientTests
{
    private const string Framed = "Content-Type: application/vnd.docker.multiplexed-stream\r\n";

    [Fact]
    public async Task Read_ChunksInsideCharactersAndHeaders_GivesWholeLines()
    {
        var log = Join(Frame(1, $"{Time} grüß 😀\n"), Frame(2, $"{Time} x\n"));
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync(Framed);
            foreach (var one in log)
            {
                await connection.ChunkAsync(new[] { one });
            }

            await connection.EndChunksAsync();
        });

        var lines = await ReadAsync(daemon, new ContainerLogQuery(true, 5, DateTimeOffset.UnixEpoch.AddSeconds(10).AddTicks(1), DateTimeOffset.UnixEpoch.AddSeconds(2_000_000_000)));

        Assert.Equal([new ContainerLogLine(Timestamp, false, "grüß 😀"), new ContainerLogLine(Timestamp, true, "x")], lines);
        Assert.Equal(
            "GET /v1.44/containers/ab/logs?stdout=1&stderr=1&timestamps=1&follow=1&tail=5&since=10.000000100&until=2000000000.000000099",
            Assert.Single(daemon.Requests).ToString());
    }

    [Fact]
    public async Task Read_OldEngine_AsksWhetherThereIsATerminal()
    {
        await using var daemon = new FakeDockerDaemon(async (request, connection) =>
        {
            if (request.Target.EndsWith("/json", StringComparison.Ordinal))
            {
                await connection.RespondAsync(200, """{"Id":"ab","Config":{"Tty":true}}""");
                return;
            }

            await connection.BeginChunksAsync("Content-Type: application/vnd.docker.raw-stream\r\n");
            await connection.ChunkAsync($"{Time} hello\r\n");
            await connection.EndChunksAsync();
        });

        var lines = await ReadAsync(daemon, new ContainerLogQuery(), new DockerApiVersion(1, 41));

        Assert.Equal([new ContainerLogLine(Timestamp, false, "hello")], lines);
    }

    [Fact]
    public async Task Read_EngineThatIgnoresFractions_LeavesOutWhatIsNotWanted()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync(Framed);
            await connection.ChunkAsync(Join(
                Frame(1, "2026-11-21T03:11:22.1Z early\n"),
                Frame(1, "2026-11-21T03:11:22.123456799Z first\n"),
                Frame(1, "2026-11-21T03:11:22.2Z last\n"),
                Frame(1, "2026-11-21T03:11:22.3Z late\n")));
            await connection.EndChunksAsync();
        });

        var lines = await ReadAsync(daemon, new ContainerLogQuery(Since: Timestamp, Until: Timestamp.AddTicks(765433)));

        Assert.Equal(["first", "last"], lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Read_EngineThatTellsWholeSeconds_KeepsWhatMayBeWanted()
    {
        // Podman 4.3, asked for what came since 03:11:22.1: what is cut down to 22 s can be from later in that second.
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync(Framed);
            await connection.ChunkAsync(Join(
                Frame(1, "2026-11-21T03:11:21Z early\n"),
                Frame(1, "2026-11-21T03:11:22Z mute\n"),
                Frame(1, "2026-11-21T03:11:23Z late\n")));
            await connection.EndChunksAsync();
        });

        var lines = await ReadAsync(daemon, new ContainerLogQuery(Since: Timestamp, Until: Timestamp.AddTicks(765433)));

        Assert.Equal(["mute"], lines.Select(line => line.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_BodyCut_IsTransientAfterTheLinesThatCame(bool insideFrame)
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync(Framed);
            await connection.ChunkAsync(Frame(1, $"{Time} first\n"));
            if (insideFrame)
            {
                await connection.ChunkAsync(Frame(1, $"{Time} second\n").AsMemory(0, 20));
            }

            connection.Cut();
        });
        var lines = new List<ContainerLogLine>();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => ReadAsync(daemon, new ContainerLogQuery(Follow: true), into: lines));

        Assert.Equal(RuntimeFailure.Transient, failure.Failure);
        Assert.Equal(["first"], lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Read_EndsProperlyInsideAFrame_IsTransient()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync(Framed);
            await connection.ChunkAsync(Frame(1, $"{Time} second\n").AsMemory(0, 20));
            await connection.EndChunksAsync();
        });

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => ReadAsync(daemon, new ContainerLogQuery()));

        Assert.Equal("Docker could not read the output of the container 'ab': it ended inside a frame.", failure.Message);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task Read_ContainerGone_IsEmpty(int status)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(status, """{"message":"gone"}"""));

        Assert.Empty(await ReadAsync(daemon, new ContainerLogQuery()));
    }

    [Fact]
    public async Task Read_CancelledWhileSilent_EndsAtOnce()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync(Framed);
            await connection.ChunkAsync(Frame(1, $"{Time} first\n"));
            await connection.StaySilentAsync();
        });
        using var cancel = new CancellationTokenSource();
        using var http = daemon.Client(version: new DockerApiVersion(1, 44));
        var reading = Task.Run(async () =>
        {
            await foreach (var line in Client(http).ReadAsync("ab", new ContainerLogQuery(Follow: true), cancel.Token))
            {
                cancel.CancelAfter(TimeSpan.FromMilliseconds(20));
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static ContainerLogsClient Client(DockerHttp http) =>
        new(http, new ContainersClient(http, TimeProvider.System).InspectAsync, piecesShareTimestamp: true);

    private static async Task<List<ContainerLogLine>> ReadAsync(FakeDockerDaemon daemon, ContainerLogQuery query, DockerApiVersion? version = null, List<ContainerLogLine>? into = null)
    {
        using var http = daemon.Client(version: version ?? new DockerApiVersion(1, 44));
        var lines = into ?? [];
        await foreach (var line in Client(http).ReadAsync("ab", query, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }
}
