using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Builds;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ImageBuildClientTests : IDisposable
{
    private const string Tag = "localzure/web:0123456789abcdef";

    private readonly TempFolder _folder = new();
    private readonly List<BuildProgress> _steps = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_Answer_IsReportedLineByLineWithoutSecrets()
    {
        await using var daemon = Answering(
            """
            {"stream":"Step 1/3 : FROM x"}
            {"stream":"\n"}
            {"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"a1"}
            {"stream":"Step 2/3 : RUN echo $TOKEN\n"}
            {"stream":"hunter"}
            {"stream":"42 is it\npart"}
            {"aux":{"ID":"sha256:1"}}
            """);

        await BuildAsync(daemon, Spec());

        Assert.Equal(
            [
                new BuildProgress(1, 2, "FROM x", null),
                new BuildProgress(1, 2, "FROM x", "a1: Downloading"),
                new BuildProgress(2, 2, "RUN echo $TOKEN", null),
                new BuildProgress(2, 2, "RUN echo $TOKEN", "*** is it"),
                new BuildProgress(2, 2, "RUN echo $TOKEN", "part"),
            ],
            _steps);
        Assert.Equal(
            $"POST /build?t={Uri.EscapeDataString(Tag)}&dockerfile=Dockerfile&target=dev&nocache=1&buildargs=%7B%22TOKEN%22%3A%22hunter42%22%7D&labels=%7B%22a%22%3A%22b%22%7D&rm=1&forcerm=1",
            daemon.Requests[0].ToString());
    }

    [Fact]
    public async Task Build_CommandThatFails_GivesStepExitCodeAndTheLastTwentyLines()
    {
        var lines = string.Concat(Enumerable.Range(1, 30).Select(number => $$"""{"stream":"line {{number}} hunter42\n"}""" + "\r\n"));
        await using var daemon = Answering(
            """{"stream":"Step 3/7 : RUN npm ci"}""" + "\r\n" + """{"stream":"\n"}""" + "\r\n" + lines
            + """{"errorDetail":{"code":9,"message":"The command '/bin/sh -c npm ci' returned a non-zero code: 9"},"error":"The command '/bin/sh -c npm ci' returned a non-zero code: 9"}""");

        var error = await FailAsync(daemon);

        Assert.Equal(
            (ErrorCode.BuildFailed, 9, $"The image '{Tag}' could not be built: step 3/6, 'RUN npm ci', failed with exit code 9."),
            (error.Code, error.ExitCode, error.Message));
        Assert.Equal(Enumerable.Range(11, 20).Select(number => $"line {number} ***"), error.Evidence);
    }

    [Theory]
    [InlineData("FROM acme/x:1", "pull access denied for acme/x, repository does not exist or may require 'docker login'", ErrorCode.RegistryUnauthorized, "acme/x:1")]
    [InlineData("FROM --platform=linux/amd64 r.example/x:1 AS a", "manifest for r.example/x:1 not found: manifest unknown: manifest unknown", ErrorCode.ImageNotFound, "r.example/x:1")]
    [InlineData("FROM ${BASE}", "manifest for acme/y:2 not found: manifest unknown: manifest unknown", ErrorCode.ImageNotFound, "acme/y:2")]
    [InlineData("FROM x", "toomanyrequests: You have reached your pull rate limit", ErrorCode.RegistryRateLimited, "docker.io")]
    [InlineData("FROM x", "Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io: no such host", ErrorCode.ImagePullFailed, "'x'")]
    [InlineData("COPY --from=acme/z /a /b", "invalid from flag value acme/z: pull access denied for acme/z, repository does not exist", ErrorCode.RegistryUnauthorized, "acme/z")]
    [InlineData("FROM ${BASE}", "base name (${BASE}) should not be blank", ErrorCode.BuildFailed, "should not be blank")]
    [InlineData("COPY --from=build /a /b", "COPY failed: stat a: file does not exist", ErrorCode.BuildFailed, "file does not exist")]
    [InlineData("COPY . /x", "write /x/y: no space left on device", ErrorCode.DiskFull, "No space")]
    public async Task Build_ErrorOfAStep_HasItsOwnCode(string instruction, string message, ErrorCode code, string named)
    {
        await using var daemon = Answering($$"""{"stream":"Step 1/2 : {{instruction}}\n"}""" + "\n" + $$"""{"errorDetail":{"message":"{{message}}"},"error":"{{message}}"}""");

        var error = await FailAsync(daemon);

        Assert.True(error.Code == code, $"{error.Code}: {error.Message}");
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_Refused_CarriesTheEnginesWords()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(400, """{"message":"dockerfile parse error line 2: unknown instruction: FORM hunter42"}"""));

        var error = await FailAsync(daemon);

        Assert.Equal((ErrorCode.BuildFailed, $"The image '{Tag}' could not be built: dockerfile parse error line 2: unknown instruction: FORM ***."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Build_AnswerCut_IsNoSuccess()
    {
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            await connection.BeginChunksAsync();
            await connection.ChunkAsync("{\"stream\":\"Step 1/1 : FROM x\\n\"}\r\n");
            connection.Cut();
        });

        var error = await FailAsync(daemon);

        Assert.Equal((ErrorCode.BuildFailed, $"The build of the image '{Tag}' was cut off: the connection to Docker broke."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Build_FileThatHasChanged_IsNotBuilt()
    {
        var path = _folder.File("log");
        await File.WriteAllTextAsync(path, "more than was seen");
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.StaySilentAsync());
        var seen = new BuildFile("log", path, BuildFileKind.File, UnixFileMode.UserRead, 4, File.GetLastWriteTimeUtc(path), null);

        var error = await FailAsync(daemon, Spec() with { Files = [seen] });

        Assert.Equal((ErrorCode.BuildFailed, $"The file '{path}' has changed while the image was being built."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Build_FileFromBefore1970_IsSentWithTheFirstTimeThereIs()
    {
        var path = _folder.File("old");
        await File.WriteAllTextAsync(path, "old words");
        File.SetLastWriteTimeUtc(path, new DateTime(1965, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await using var daemon = Answering("");
        var file = new FileInfo(path);

        await BuildAsync(daemon, Spec() with { Files = [new BuildFile("old", path, BuildFileKind.File, UnixFileMode.UserRead, file.Length, file.LastWriteTimeUtc, null)] });

        Assert.Contains("old words", Assert.Single(daemon.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_PrivateBase_SendsTheLoginOfItsRegistryAlone()
    {
        await File.WriteAllTextAsync(_folder.File("config.json"), $$$$"""{"auths":{"r.example":{"auth":"{{{{Base64("user:pass")}}}}"},"other.example":{"auth":"{{{{Base64("x:y")}}}}"}}}""");
        await File.WriteAllTextAsync(_folder.File("Dockerfile"), "ARG BASE\nFROM ${BASE:-r.example/x:1} AS a\nFROM a\n");
        await using var daemon = new FakeDockerDaemon((request, connection) => connection.RespondAsync(request.Method == "GET" ? 404 : 200, request.Method == "GET" ? "{}" : ""));
        var file = new FileInfo(_folder.File("Dockerfile"));

        await BuildAsync(daemon, Spec() with { Files = [new BuildFile("Dockerfile", file.FullName, BuildFileKind.File, UnixFileMode.UserRead, file.Length, file.LastWriteTimeUtc, null)] }, exists: false);

        var header = daemon.Requests[^1].Headers["x-registry-config"];
        Assert.Equal("""{"r.example":{"username":"user","password":"pass","serveraddress":"r.example"}}""", Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/'))));
    }

    [Fact]
    public void Find_Dockerfile_GivesImagesNotStages() =>
        Assert.Equal(
            ["node:22", "acme/tool:3", "busybox"],
            BaseImages.Find(
                ["# syntax", "ARG V=20", "FROM --platform=$BUILDPLATFORM node:${V} AS build", "FROM scratch as empty", "COPY --chown=1:1 --from=acme/tool:3 /a /b", "copy --from=BUILD /a /b", "COPY --from=0 /a /b", "from busybox", "FROM $UNKNOWN"],
                new Dictionary<string, string> { ["V"] = "22" }));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static FakeDockerDaemon Answering(string body) => new((_, connection) => connection.RespondAsync(200, body));

    private static BuildSpec Spec() => new()
    {
        Tag = Tag,
        Files = [],
        Dockerfile = "Dockerfile",
        Target = "dev",
        Arguments = new Dictionary<string, string> { ["TOKEN"] = "hunter42" },
        Labels = new Dictionary<string, string> { ["a"] = "b" },
        NoCache = true,
    };

    private Task<LocalZureException> FailAsync(FakeDockerDaemon daemon, BuildSpec? spec = null) => Assert.ThrowsAsync<LocalZureException>(() => BuildAsync(daemon, spec ?? Spec()));

    private async Task BuildAsync(FakeDockerDaemon daemon, BuildSpec spec, bool exists = true)
    {
        using var http = daemon.Client();
        await new ImageBuildClient(http, new RegistryCredentials(_folder.Path, TimeProvider.System), (_, _) => Task.FromResult(exists))
            .BuildAsync(spec, new Steps(_steps), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Steps(List<BuildProgress> all) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => all.Add(value);
    }

    [Fact]
    public async Task Build_CommandThatFails_CountsTheStepsOfTheFileAndShowsWhatTheCommandWrote()
    {
        await using var daemon = Answering(
            """
            {"stream":"Step 1/3 : FROM x"}
            {"stream":"\n"}
            {"stream":" ---\u003e c9fd0a3683ef\n"}
            {"stream":"Step 2/3 : RUN echo short \u003e\u00262; exit 3"}
            {"stream":"\n"}
            {"stream":" ---\u003e Running in 5f2592585318\n"}
            {"stream":"\u001b[91mshort\n\u001b[0m"}
            {"stream":"Removing intermediate container 5f2592585318\n"}
            {"errorDetail":{"code":3,"message":"The command '/bin/sh -c echo short' returned a non-zero code: 3"},"error":"..."}
            """);

        var error = await FailAsync(daemon);

        Assert.Equal($"The image '{Tag}' could not be built: step 2/2, 'RUN echo short >&2; exit 3', failed with exit code 3.", error.Message);
        Assert.Equal(["short"], error.Evidence);
    }
}
