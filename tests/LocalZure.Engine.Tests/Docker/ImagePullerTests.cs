using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ImagePullerTests : IDisposable
{
    private readonly DirectoryInfo _config = Directory.CreateTempSubdirectory("lz-config-");

    public void Dispose() => _config.Delete(recursive: true);

    [Fact]
    public async Task Pull_Stream_IsReportedAsItComes()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync();
            await connection.ChunkAsync("{\"status\":\"Pulling from x\",\"id\":\"1.2\"}\r\n{\"status\":\"Downloading\",\"progressDetail\":{\"curr");
            await connection.ChunkAsync("ent\":1024,\"total\":4096},\"id\":\"ab\"}\r\n");
            await seen.Task.WaitAsync(connection.Stopped);
            await connection.ChunkAsync("{\"status\":\"Status: Downloaded newer image\"}\r\n");
            await connection.EndChunksAsync();
        });
        var steps = new List<PullProgress>();

        await PullAsync(daemon, "localhost:5000/x:1.2", new Progress(step =>
        {
            steps.Add(step);
            if (step.Current is not null)
            {
                seen.SetResult();
            }
        }));

        Assert.Equal(
            [
                new PullProgress("localhost:5000/x:1.2", "1.2", "Pulling from x", null, null),
                new PullProgress("localhost:5000/x:1.2", "ab", "Downloading", 1024, 4096),
                new PullProgress("localhost:5000/x:1.2", null, "Status: Downloaded newer image", null, null),
            ],
            steps);
        Assert.Equal("POST /images/create?fromImage=localhost%3A5000%2Fx&tag=1.2", Assert.Single(daemon.Requests).ToString());
        Assert.False(daemon.Requests[0].Headers.ContainsKey("x-registry-auth"));
    }

    [Fact]
    public async Task Pull_ListenerWithABug_IsNotABrokenConnection()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, "{\"status\":\"Pulling from x\"}\r\n"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => PullAsync(daemon, "x:1", new Progress(_ => throw new InvalidOperationException("a bug"))));
    }

    [Fact]
    public async Task Pull_ErrorInTheStream_IsThrown()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(
            200,
            "{\"status\":\"Pulling from x\"}\r\n{\"errorDetail\":{\"message\":\"toomanyrequests: limit\"},\"error\":\"toomanyrequests: limit\"}\r\n"));

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => PullAsync(daemon, "x:1"));

        Assert.Equal((ErrorCode.RegistryRateLimited, 1), (failure.Code, daemon.Requests.Count));
    }

    [Fact]
    public async Task Pull_Refused_CarriesTheEnginesWords()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(500, """{"message":"some new trouble"}"""));

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => PullAsync(daemon, "x:1"));

        Assert.Equal((ErrorCode.ImagePullFailed, "The image 'x:1' could not be pulled: some new trouble."), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Pull_StreamCut_IsNoSuccess()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync();
            await connection.ChunkAsync("{\"status\":\"Pulling from x\"}\r\n");
            connection.Cut();
        });

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => PullAsync(daemon, "x:1"));

        Assert.Equal(ErrorCode.ImagePullFailed, failure.Code);
    }

    [Fact]
    public async Task Pull_CredentialsOfTwoRegistries_SendsOnlyTheRightOnes()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_config.FullName, "config.json"),
            """{"auths":{"https://r.example/v2/":{"auth":"FIRST"},"other.example":{"auth":"OTHER"}}}"""
                .Replace("FIRST", Base64("user:pa:ss"), StringComparison.Ordinal)
                .Replace("OTHER", Base64("x:y"), StringComparison.Ordinal));
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, ""));

        await PullAsync(daemon, "r.example/x:1");
        await PullAsync(daemon, "third.example/x:1");

        Assert.Equal(
            """{"username":"user","password":"pa:ss","serveraddress":"r.example"}""",
            Encoding.UTF8.GetString(Convert.FromBase64String(daemon.Requests[0].Headers["x-registry-auth"].Replace('-', '+').Replace('_', '/'))));
        Assert.False(daemon.Requests[1].Headers.ContainsKey("x-registry-auth"));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task PullAsync(FakeDockerDaemon daemon, string image, IProgress<PullProgress>? progress = null)
    {
        using var http = daemon.Client();
        await new ImagePuller(http, new RegistryCredentials(_config.FullName, TimeProvider.System))
            .PullAsync(image, progress, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Progress(Action<PullProgress> report) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => report(value);
    }
}
