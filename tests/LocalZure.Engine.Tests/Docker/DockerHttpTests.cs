using System.Text;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerHttpTests
{
    private static readonly DockerRequest Get = DockerRequest.Get("/volumes/v", DockerObject.Volume, "inspect the volume 'v'");

    private static readonly DockerCall Inspection = DockerCall.Repeatable(DockerObject.Volume, "inspect the volume 'v'");

    private static readonly DockerRequest Post = DockerRequest.Post("/volumes/create", DockerObject.Volume, "create the volume 'v'");

    [Fact]
    public async Task Send_FailsTwiceThenAnswers_GivesTheAnswer()
    {
        var failures = 2;
        await using var daemon = new FakeDockerDaemon((_, connection) =>
            (Interlocked.Decrement(ref failures) >= 0
                ? connection.RespondAsync(500, """{"message":"busy"}""")
                : connection.RespondAsync(200, """{"Name":"v"}""")));
        using var http = daemon.Client(version: new DockerApiVersion(1, 41));

        var volume = await AskAsync(http);

        Assert.Equal("v", volume.Name);
        Assert.Equal(Enumerable.Repeat("GET /v1.41/volumes/v", 3), daemon.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Send_FailsAlways_GivesUpWithTheEnginesWords()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(503, """{"message":"the engine is shutting down."}"""));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => http.SendAsync(Get, CancellationToken.None));

        Assert.Equal(
            (RuntimeFailure.Transient, 503, ErrorCode.DockerApiError, "Docker could not inspect the volume 'v': the engine is shutting down."),
            (failure.Failure, failure.StatusCode, failure.Code, failure.Message));
        Assert.Equal(4, daemon.Requests.Count);
    }

    [Fact]
    public async Task Send_PostFails_IsNotRepeated()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(500, """{"message":"x"}"""));
        using var http = daemon.Client();

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => http.SendAsync(Post, CancellationToken.None));

        Assert.Single(daemon.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"Name\":\"v")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"Na\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Send_AnswerCutOnce_IsRepeated(string answer)
    {
        var cuts = 1;
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            if (Interlocked.Decrement(ref cuts) >= 0)
            {
                await connection.WriteAsync(answer);
                connection.Cut();
                return;
            }

            await connection.RespondAsync(200, """{"Name":"v"}""");
        });
        using var http = daemon.Client();

        var volume = await AskAsync(http);

        Assert.Equal("v", volume.Name);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"Name\":\"v")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    public async Task Send_AnswerNeverReadable_IsTransient(string answer)
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.WriteAsync(answer);
            connection.Cut();
        });
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => AskAsync(http));

        Assert.Equal((RuntimeFailure.Transient, null), (failure.Failure, failure.StatusCode));
        Assert.Equal(4, daemon.Requests.Count);
    }

    [Fact]
    public async Task Send_SilentDaemon_EndsWithinTheLimit()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        using var http = daemon.Client(FakeDockerDaemon.QuickLimits with { Call = TimeSpan.FromMilliseconds(100) });

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => http.SendAsync(Get, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(
            (ErrorCode.DockerUnavailable, $"Docker at {daemon.Endpoint.Address} did not inspect the volume 'v' within 0.1 s."),
            (failure.Code, failure.Message));
        Assert.Single(daemon.Requests);
    }

    [Fact]
    public async Task Send_BodyThatStalls_EndsWithinTheLimit()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"Na");
            await connection.StaySilentAsync();
        });
        using var http = daemon.Client(FakeDockerDaemon.QuickLimits with { Call = TimeSpan.FromMilliseconds(100) });

        var failure = await Assert.ThrowsAsync<LocalZureException>(() =>
            AskAsync(http).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(ErrorCode.DockerUnavailable, failure.Code);
    }

    [Fact]
    public async Task Send_Cancelled_EndsAsCancelled()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        using var http = daemon.Client();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(Get, cancel.Token).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Send_SocketGone_IsUnavailableWithEvidence()
    {
        var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200));
        using var http = daemon.Client();
        await daemon.DisposeAsync();

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => http.SendAsync(Get, CancellationToken.None));

        Assert.Equal(ErrorCode.DockerUnavailable, failure.Code);
        Assert.Equal([$"{daemon.Endpoint.Address}: not there"], failure.Evidence);
    }

    [Theory]
    [InlineData("", "it answered with status 418")]
    [InlineData("plain words\n", "plain words")]
    [InlineData("{\"message\":\"\"}", "{\"message\":\"\"}")]
    [InlineData("{\"cause\":\"x\",\"message\":\"podman's words\",\"response\":418}", "podman's words")]
    public async Task Send_Refused_TakesTheBestMessageThereIs(string body, string expected)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(418, body));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => http.SendAsync(Get, CancellationToken.None));

        Assert.Equal($"Docker could not inspect the volume 'v': {expected}.", failure.Message);
    }

    [Fact]
    public async Task Send_EndlessRefusal_IsNotReadToItsEnd()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.WriteAsync("HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await connection.ChunkAsync(new string('x', 1000));
            }
        });
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => http.SendAsync(Get, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal((RuntimeFailure.BadRequest, true), (failure.Failure, failure.Message.Length < 700));
    }

    [Fact]
    public async Task Find_NotFound_IsNull()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(404, """{"message":"no such volume"}"""));
        using var http = daemon.Client();

        Assert.Null(await http.FindAsync(Get, DockerJsonContext.Default.CreatedBody, CancellationToken.None));
        Assert.False(await http.TrySendAsync(Get, CancellationToken.None));
        Assert.Null(await http.FindAsync(Inspection, (client, token) => client.Volumes.InspectAsync("v", token), CancellationToken.None));
        Assert.False(await http.TryTellAsync(Inspection, (client, token) => client.Volumes.RemoveAsync("v", force: null, token), CancellationToken.None));
    }

    [Fact]
    public async Task Send_JsonCutInsideACharacter_IsReadWhole()
    {
        var json = Encoding.UTF8.GetBytes("""{"Name":"grüß😀"}""");
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync();
            foreach (var one in json)
            {
                await connection.ChunkAsync(new[] { one });
            }

            await connection.EndChunksAsync();
        });
        using var http = daemon.Client();

        Assert.Equal("grüß😀", (await AskAsync(http)).Name);
    }

    [Theory]
    [InlineData("""{"Id":"n","Created":true}""")]
    [InlineData("""{"Id":"n","Created":"now"}""")]
    [InlineData("""{"Id":"n","Created":999999999999999999}""")]
    [InlineData("""{"Id":"n","Labels":[]}""")]
    [InlineData("""{"Id":"n","EnableIPv6":null}""")]
    [InlineData("")]
    public async Task Ask_AnswerThatTheLibraryDoesNotUnderstand_IsTransient(string body)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, body));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() =>
            http.AskAsync(Inspection, (client, token) => client.Networks.InspectNetworkAsync("n", token), CancellationToken.None));

        Assert.Equal(
            (RuntimeFailure.Transient, null, "Docker could not inspect the volume 'v': its answer cannot be read."),
            (failure.Failure, failure.StatusCode, failure.Message));
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("null")]
    public async Task List_NullWhereAThingBelongs_IsTransient(string body)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, body));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => new NetworksClient(http).ListAsync([], CancellationToken.None));

        Assert.Equal("Docker could not list networks: its answer cannot be read.", failure.Message);
    }

    [Fact]
    public async Task Ask_MapperWithABug_IsNotTheEnginesFault()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, """{"Name":"v"}"""));
        using var http = daemon.Client();

        await Assert.ThrowsAsync<InvalidOperationException>(() => http.AskAsync<VolumeResponse, string>(
            Inspection,
            (client, token) => client.Volumes.InspectAsync("v", token),
            _ => throw new InvalidOperationException("a bug"),
            CancellationToken.None));

        Assert.Single(daemon.Requests);
    }

    [Fact]
    public async Task Send_BodyThatCannotBeMade_IsNotTheEnginesFault()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200));
        using var http = daemon.Client();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            http.SendAsync(Get with { Content = () => throw new ArgumentException("a bug") }, CancellationToken.None));

        Assert.Empty(daemon.Requests);
    }

    [Fact]
    public async Task Tell_Redirected_IsARefusal()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(301, "elsewhere"));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() =>
            http.TellAsync(Inspection, (client, token) => client.Containers.PauseContainerAsync("c", token), CancellationToken.None));

        Assert.Equal((301, "Docker could not inspect the volume 'v': elsewhere."), (failure.StatusCode, failure.Message));
    }

    [Fact]
    public async Task Tell_PullWithoutALogin_SendsNoLogin()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, "{}"));
        using var http = daemon.Client();

        await http.TellAsync(
            Inspection,
            (client, token) => client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = "x" }, null, new Progress<JSONMessage>(), token),
            CancellationToken.None);

        Assert.DoesNotContain("X-Registry-Auth", Assert.Single(daemon.Requests).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    private static Task<VolumeResponse> AskAsync(DockerHttp http) =>
        http.AskAsync(Inspection, (client, token) => client.Volumes.InspectAsync("v", token), CancellationToken.None);
}
