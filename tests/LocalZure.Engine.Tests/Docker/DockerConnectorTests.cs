using System.Net.Sockets;
using System.Security.Cryptography;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerConnectorTests : IDisposable
{
    private const string Ping = "Api-Version: 1.41\r\nOstype: linux\r\nServer: Docker/20.10.24+dfsg1 (linux)\r\n";

    // Long enough for a busy machine; the tests with a silent daemon wait for all of it.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("lz-home-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Connect_Docker_NeedsOneRequest()
    {
        await using var daemon = Answers(Ping);

        await using var runtime = await ConnectAsync(Host(daemon));

        Assert.Equal(new(daemon.Endpoint.Address, "Docker Engine", "20.10.24+dfsg1", "1.41", "linux", ""), runtime.Info);
        Assert.Equal(["GET /_ping"], daemon.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Connect_NewerEngine_LearnsItsOldestVersion()
    {
        await using var daemon = Answers(Ping.Replace("1.41", "1.52", StringComparison.Ordinal), """{"Version":"29.0.1","ApiVersion":"1.52","MinAPIVersion":"1.44","Os":"linux","Arch":"arm64","Components":[{"Name":"Engine"}]}""");

        await using var runtime = await ConnectAsync(Host(daemon));

        Assert.Equal(new(daemon.Endpoint.Address, "Docker Engine", "29.0.1", "1.47", "linux", "arm64"), runtime.Info);
    }

    [Fact]
    public async Task Connect_PodmanWithoutHeaders_AsksForItsVersion()
    {
        await using var daemon = Answers("", """{"Version":"4.3.1","ApiVersion":"1.41","MinAPIVersion":"1.24","Os":"linux","Arch":"amd64","Components":[{"Name":"Podman Engine"}]}""");

        await using var runtime = await ConnectAsync(Host(daemon));

        Assert.Equal(new(daemon.Endpoint.Address, "Podman Engine", "4.3.1", "1.41", "linux", "amd64"), runtime.Info);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connect_PingBreaksOffAfterItsHead_IsNoEngine(bool isCut)
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\n{Ping}Content-Length: 2\r\n\r\n");
            if (isCut)
            {
                connection.Cut();
            }
            else
            {
                await connection.StaySilentAsync();
            }
        });

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(Host(daemon)));

        Assert.Equal(ErrorCode.DockerUnavailable, failure.Code);
    }

    [Fact]
    public async Task Connect_EngineTooOld_IsAnApiErrorAndNoSearchForAnother()
    {
        await using var daemon = Answers(Ping.Replace("1.41", "1.24", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(Host(daemon)));

        Assert.Equal((ErrorCode.DockerApiError, "The Docker engine speaks API 1.24 at most, and LocalZure needs 1.40 or newer."), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData("1.41", "1.41")]
    [InlineData("v1.40", "1.40")]
    public async Task Connect_PinnedVersion_IsSpoken(string pinned, string expected)
    {
        await using var daemon = Answers(Ping);

        await using var runtime = await ConnectAsync(Host(daemon), ("DOCKER_API_VERSION", pinned));

        Assert.Equal(expected, runtime.Info.ApiVersion);
    }

    [Fact]
    public async Task Connect_PinnedNonsense_IsAnError()
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(("DOCKER_API_VERSION", "new")));

        Assert.Equal("DOCKER_API_VERSION is 'new', which is not an API version.", failure.Message);
    }

    [Fact]
    public async Task Connect_StaleSocketBeforeALiveOne_TakesTheLiveOne()
    {
        await using var daemon = Answers(Ping);
        Stale(".docker/desktop/docker.sock");
        Link(daemon, ".rd/docker.sock");

        await using var runtime = await ConnectAsync();

        Assert.Equal($"unix://{_home.FullName}/.rd/docker.sock", runtime.Info.Endpoint);
    }

    [Fact]
    public async Task Connect_SilentDaemonBeforeALiveOne_GoesOnAfterTheLimit()
    {
        await using var silent = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        await using var daemon = Answers(Ping);
        Link(silent, ".colima/default/docker.sock");
        Link(daemon, ".rd/docker.sock");

        await using var runtime = await ConnectAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal($"unix://{_home.FullName}/.rd/docker.sock", runtime.Info.Endpoint);
    }

    [Fact]
    public async Task Connect_NoneAnswers_TellsEachAndWhy()
    {
        await using var silent = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        await using var wrong = new FakeDockerDaemon((_, connection) => connection.RespondAsync(403, "no"));
        await using var noise = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.WriteAsync("220 smtp.example ESMTP\r\n");
            connection.Cut();
        });
        Stale(".docker/desktop/docker.sock");
        Link(silent, ".colima/default/docker.sock");
        Link(wrong, ".colima/docker.sock");
        Link(noise, ".rd/docker.sock");
        var home = _home.FullName;

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync());

        Assert.Equal(ErrorCode.DockerUnavailable, failure.Code);
        Assert.Equal(
            [
                "unix:///var/run/docker.sock (platform default): not there",
                $"unix://{home}/.docker/desktop/docker.sock (Docker Desktop): connection refused",
                $"unix://{home}/.docker/run/docker.sock (rootless Docker): not there",
                $"unix://{home}/.colima/default/docker.sock (Colima): no answer within 2 s",
                $"unix://{home}/.colima/docker.sock (Colima): it answered with status 403",
                $"unix://{home}/.orbstack/run/docker.sock (OrbStack): not there",
                $"unix://{home}/.rd/docker.sock (Rancher Desktop): it did not answer as a Docker engine does",
                "unix:///run/podman/podman.sock (Podman): not there",
            ],
            failure.Evidence);
        Assert.Contains("hang", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_PermissionDeniedAndNoneAnswers_SaysThat()
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(dial: (endpoint, _) =>
            throw (endpoint.Target == "/var/run/docker.sock"
                ? DockerDialException.From(new SocketException((int)SocketError.AccessDenied))
                : new DockerDialException(DialFailure.NotThere, "not there"))));

        Assert.Equal((ErrorCode.DockerPermissionDenied, "This user may not use the Docker endpoint unix:///var/run/docker.sock."), (failure.Code, failure.Message));
        Assert.Equal("unix:///var/run/docker.sock (platform default): permission denied", failure.Evidence[0]);
    }

    [Fact]
    public async Task Connect_DockerHostMalformed_SaysWhatIsWrong()
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(("DOCKER_HOST", "/var/run/docker.sock")));

        Assert.Equal(
            (ErrorCode.DockerUnavailable, "DOCKER_HOST is '/var/run/docker.sock', which cannot be used: not an address; it must begin with unix://, npipe://, tcp:// or ssh://."),
            (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Connect_DockerHostRefuses_NamesItAndTriesNoOther()
    {
        await using var daemon = Answers(Ping);
        Link(daemon, ".rd/docker.sock");

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(("DOCKER_HOST", "tcp://127.0.0.1:1")));

        Assert.Equal("The Docker engine at tcp://127.0.0.1:1 (DOCKER_HOST) does not answer: connection refused.", failure.Message);
        Assert.Equal(["tcp://127.0.0.1:1 (DOCKER_HOST): connection refused"], failure.Evidence);
        Assert.Empty(daemon.Requests);
    }

    [Fact]
    public async Task Connect_CurrentContextIsDown_NamesItAndTriesNoOther()
    {
        await using var daemon = Answers(Ping);
        Link(daemon, ".rd/docker.sock");
        File.WriteAllText(Place(".docker/config.json"), """{"currentContext":"prod"}""");
        var hash = Convert.ToHexString(SHA256.HashData("prod"u8)).ToLowerInvariant();
        File.WriteAllText(Place($".docker/contexts/meta/{hash}/meta.json"), """{"Name":"prod","Endpoints":{"docker":{"Host":"tcp://127.0.0.1:1"}}}""");

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync());

        Assert.Equal(
            (ErrorCode.DockerUnavailable, "The Docker engine at tcp://127.0.0.1:1 (Docker context 'prod') does not answer: connection refused."),
            (failure.Code, failure.Message));
        Assert.Contains("docker context use", failure.Remedy, StringComparison.Ordinal);
        Assert.Empty(daemon.Requests);
    }

    [Fact]
    public async Task Connect_DockerHostIsSilent_CountsAsDownAfterTheLimit()
    {
        await using var silent = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        await using var daemon = Answers(Ping);
        Link(daemon, ".rd/docker.sock");

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => ConnectAsync(Host(silent)).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal((ErrorCode.DockerUnavailable, $"The Docker engine at {silent.Endpoint.Address} (DOCKER_HOST) does not answer: no answer within 2 s."), (failure.Code, failure.Message));
        Assert.Empty(daemon.Requests);
    }

    [Fact]
    public async Task Connect_Cancelled_EndsAsCancelled()
    {
        await using var silent = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var connector = new DockerConnector(
            new EnvironmentSnapshot([KeyValuePair.Create("DOCKER_HOST", silent.Endpoint.Address)]), _home.FullName, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connector.ConnectAsync(cancel.Token).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static FakeDockerDaemon Answers(string pingHeaders, string version = "{}") => new((request, connection) =>
        (request.Target == "/_ping" ? connection.RespondAsync(200, "OK", pingHeaders) : connection.RespondAsync(200, version)));

    private static (string Name, string Value) Host(FakeDockerDaemon daemon) => ("DOCKER_HOST", daemon.Endpoint.Address);

    private static Task<Stream> DialHomeAsync(string home, DockerEndpoint endpoint, CancellationToken cancellationToken) =>
        endpoint.Kind == DockerEndpointKind.UnixSocket && endpoint.Target.StartsWith("/var/run/", StringComparison.Ordinal) && !endpoint.Target.StartsWith(home, StringComparison.Ordinal)
            ? throw new DockerDialException(DialFailure.NotThere, "not there")
            : DockerDialer.DialAsync(endpoint, cancellationToken);

    private string Place(string relative)
    {
        var path = Path.Combine(_home.FullName, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Link(FakeDockerDaemon daemon, string relative) => File.CreateSymbolicLink(Place(relative), daemon.SocketPath);

    /// <summary>A socket's file whose process is gone.</summary>
    private void Stale(string relative)
    {
        var path = Place(relative);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + ".new"));
        File.Move(path + ".new", path);
    }

    private Task<Containers.IContainerRuntime> ConnectAsync(params (string Name, string Value)[] variables) =>
        ConnectAsync((endpoint, token) => DialHomeAsync(_home.FullName, endpoint, token), variables);

    private Task<Containers.IContainerRuntime> ConnectAsync(Func<DockerEndpoint, CancellationToken, Task<Stream>> dial, params (string Name, string Value)[] variables) =>
        new DockerConnector(
            new EnvironmentSnapshot(variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
            _home.FullName,
            TimeProvider.System,
            DockerPlatform.Linux,
            dial,
            FakeDockerDaemon.QuickLimits with { Probe = Probe }).ConnectAsync(CancellationToken.None);
}
