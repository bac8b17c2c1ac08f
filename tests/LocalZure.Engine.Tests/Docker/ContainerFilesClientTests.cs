using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ContainerFilesClientTests
{
    private static readonly ContainerFile File = new("/etc/x y", Encoding.UTF8.GetBytes("words"));

    [Theory]
    [InlineData("")]
    [InlineData("X-Docker-Container-Path-Stat: nonsense\r\n")]
    public async Task Read_Head_IsNotLookedAt(string head)
    {
        await using var daemon = new FakeDockerDaemon((request, connection) => request.Target.EndsWith("none", StringComparison.Ordinal)
            ? connection.RespondAsync(404, """{"message":"Could not find the file /none in container ab"}""")
            : connection.RespondAsync(200, Archive(), head));
        using var http = daemon.Client();

        var files = await new ContainerFilesClient(http).ReadAsync("ab", [File.Path, "/none"], CancellationToken.None);

        Assert.Equal((File.Path, "words"), (Assert.Single(files).Path, Encoding.UTF8.GetString(files[0].Content.ToArray())));
        Assert.Equal("GET /containers/ab/archive?path=%2Fetc%2Fx%20y", daemon.Requests[0].ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_ArchiveThatBreaksOff_IsTransient(bool isCut)
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync();
            await connection.ChunkAsync(isCut ? Archive()[..600] : new string('x', 1024));
            if (isCut)
            {
                connection.Cut();
                return;
            }

            await connection.EndChunksAsync();
        });
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => new ContainerFilesClient(http).ReadAsync("ab", [File.Path], CancellationToken.None));

        Assert.Equal(RuntimeFailure.Transient, failure.Failure);
        Assert.StartsWith("Docker broke off while it was to read the file '/etc/x y' of the container 'ab': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FailsOnce_SendsAllOfItAgain()
    {
        var failures = 1;
        await using var daemon = new FakeDockerDaemon((_, connection) =>
            Interlocked.Decrement(ref failures) >= 0 ? connection.RespondAsync(500, """{"message":"busy"}""") : connection.RespondAsync(200));
        using var http = daemon.Client();

        await new ContainerFilesClient(http).WriteAsync("ab", [File], CancellationToken.None);

        Assert.Equal(2, daemon.Requests.Count);
        Assert.Equal(daemon.Requests[0].Body, daemon.Requests[1].Body);
        Assert.Contains("words", daemon.Requests[1].Body, StringComparison.Ordinal);
    }

    private static string Archive()
    {
        using var archive = TarArchive.Of([File]);
        return Encoding.UTF8.GetString(archive.ToArray());
    }
}
