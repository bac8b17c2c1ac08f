using LocalZure.Engine.Docker;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ContainerWaiterTests
{
    private const string Running = """{"Id":"ab","State":{"Status":"running"}}""";

    [Fact]
    public async Task Wait_ConnectionBreaksWhileItRuns_WaitsAgain()
    {
        var waits = 0;
        await using var daemon = new FakeDockerDaemon(async (request, connection) =>
        {
            if (request.Method == "GET")
            {
                await connection.RespondAsync(200, Running);
            }
            else if (Interlocked.Increment(ref waits) < 3)
            {
                await connection.BeginChunksAsync();
                connection.Cut();
            }
            else
            {
                await connection.RespondAsync(200, """{"StatusCode":7}""");
            }
        });

        Assert.Equal(7, await WaitAsync(daemon));

        Assert.Equal(
            ["POST /containers/ab/wait?condition=not-running", "GET /containers/ab/json", "POST /containers/ab/wait?condition=not-running", "GET /containers/ab/json", "POST /containers/ab/wait?condition=not-running"],
            daemon.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Wait_ConnectionBreaksAndItEnded_TakesTheExitCodeFromTheContainer()
    {
        await using var daemon = CutsWaits(connection => connection.RespondAsync(200, """{"Id":"ab","State":{"Status":"exited","ExitCode":9}}"""));

        Assert.Equal(9, await WaitAsync(daemon));
    }

    [Fact]
    public async Task Wait_ConnectionBreaksAndItIsGone_IsNull()
    {
        await using var daemon = CutsWaits(connection => connection.RespondAsync(404, """{"message":"No such container: ab"}"""));

        Assert.Null(await WaitAsync(daemon));
    }

    [Fact]
    public async Task Wait_ErrorInTheAnswer_LooksAtTheContainer()
    {
        await using var daemon = new FakeDockerDaemon((request, connection) => (request.Method == "POST"
            ? connection.RespondAsync(200, """{"StatusCode":-1,"Error":{"Message":"context canceled"}}""")
            : connection.RespondAsync(200, """{"Id":"ab","State":{"Status":"exited","ExitCode":3}}""")));

        Assert.Equal(3, await WaitAsync(daemon));
    }

    [Fact]
    public async Task Wait_EngineFailsForLong_GivesUp()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(500, """{"message":"x"}"""));

        await Assert.ThrowsAnyAsync<LocalZureException>(() => WaitAsync(daemon, TimeSpan.FromMilliseconds(100)));
    }

    private static FakeDockerDaemon CutsWaits(Func<FakeDockerConnection, Task> inspect) => new(async (request, connection) =>
    {
        if (request.Method == "POST")
        {
            connection.Cut();
            return;
        }

        await inspect(connection);
    });

    private static async Task<int?> WaitAsync(FakeDockerDaemon daemon, TimeSpan? outage = null)
    {
        using var http = daemon.Client(FakeDockerDaemon.QuickLimits with { Outage = outage ?? TimeSpan.FromSeconds(60) });
        var containers = new ContainersClient(http, TimeProvider.System);
        return await new ContainerWaiter(http, containers.InspectAsync, TimeProvider.System)
            .WaitAsync("ab", CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
    }
}
