using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Logs;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;
using static LocalZure.Engine.Tests.Docker.LogFrames;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ContainerExecClientTests
{
    [Fact]
    public async Task Execute_Command_GivesItsExitCodeAndTheEndOfItsOutput()
    {
        var looks = 0;
        await using var daemon = new FakeDockerDaemon(async (request, connection) =>
        {
            if (request.Target.EndsWith("/containers/ab/exec", StringComparison.Ordinal))
            {
                await connection.RespondAsync(201, """{"Id":"e1"}""");
            }
            else if (request.Target.EndsWith("/exec/e1/start", StringComparison.Ordinal))
            {
                // Neither a length nor chunks: the end of the connection is the end of the output.
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
                await connection.WriteAsync(Join(Frame(1, "out\n"), Frame(2, "err: ü\n")));
                connection.Cut();
            }
            else
            {
                await connection.RespondAsync(200, ++looks == 1 ? """{"Running":true,"ExitCode":null}""" : """{"Running":false,"ExitCode":3}""");
            }
        });

        var result = await ExecuteAsync(daemon);

        Assert.Equal((3, "out|err: ü"), (result!.ExitCode, string.Join('|', result.LastLines)));
        JsonParts.AssertSays("""{"AttachStdout":true,"AttachStderr":true,"Cmd":["check","-x"]}""", daemon.Requests[0].Body);
        Assert.Equal(["POST", "POST", "GET", "GET"], daemon.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Execute_WithVariables_SendsThem()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(404, """{"message":"No such container: ab"}"""));

        await ExecuteAsync(daemon, new Dictionary<string, string> { ["PGPASSWORD"] = "a=b" });

        JsonParts.AssertSays("""{"AttachStdout":true,"AttachStderr":true,"Env":["PGPASSWORD=a=b"],"Cmd":["check","-x"]}""", Assert.Single(daemon.Requests).Body);
    }

    [Theory]
    [InlineData(404, """{"message":"No such container: ab"}""")]
    [InlineData(409, """{"message":"Container ab is not running"}""")]
    [InlineData(500, """{"cause":"container state improper","message":"can only create exec sessions on running containers: container state improper","response":500}""")]
    public async Task Execute_ContainerThatDoesNotRun_IsNull(int status, string answer)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(status, answer));

        Assert.Null(await ExecuteAsync(daemon));
    }

    [Fact]
    public async Task Execute_ProgramThatPodmanCannotRun_EndsWithTheReason()
    {
        const string reason = "Error: runc: exec failed: unable to start container process: exec: \"nothing\": executable file not found in $PATH: OCI runtime attempted to invoke a command that was not found";
        await using var daemon = new FakeDockerDaemon(async (request, connection) =>
        {
            if (request.Target.EndsWith("/exec/e1/start", StringComparison.Ordinal))
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
                await connection.WriteAsync(Join(Frame(2, reason + "\n"), Frame(2, "Error: read unixpacket @->/proc/self/fd/14/attach: read: connection reset by peer\n")));
                connection.Cut();
            }
            else
            {
                await connection.RespondAsync(201, """{"Id":"e1","Running":false,"ExitCode":127}""");
            }
        });

        var result = await ExecuteAsync(daemon);

        Assert.Equal((127, reason), (result!.ExitCode, Assert.Single(result.LastLines)));
    }

    [Fact]
    public async Task Execute_EngineThatFails_IsNotSentAgain()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(500, """{"message":"boom"}"""));

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => ExecuteAsync(daemon));

        Assert.Contains("boom", failure.Message, StringComparison.Ordinal);
        Assert.Single(daemon.Requests);
    }

    [Fact]
    public void Output_CutAnywhere_IsTheSame()
    {
        var bytes = Join(Frame(1, "first\r\n"), Frame(2, ""), Frame(1, "grüß"), Frame(2, " gott\n\n"));
        for (var size = 1; size < bytes.Length; size++)
        {
            var output = new ExecOutput();
            foreach (var piece in bytes.Chunk(size))
            {
                output.Append(piece);
            }

            Assert.Equal(["first", "grüß gott"], output.LastLines());
        }
    }

    [Fact]
    public void Output_Long_KeepsItsEnd()
    {
        var output = new ExecOutput();
        for (var i = 0; i < 100_000; i++)
        {
            output.Append(Frame(1, $"line {i}\n"));
        }

        Assert.Equal(Enumerable.Range(99_980, 20).Select(i => $"line {i}"), output.LastLines());
        Assert.Empty(new ExecOutput().LastLines());
    }

    private static async Task<ContainerExecResult?> ExecuteAsync(FakeDockerDaemon daemon, Dictionary<string, string>? environment = null)
    {
        using var http = daemon.Client(version: new DockerApiVersion(1, 44));
        return await new ContainerExecClient(http, TimeProvider.System).ExecuteAsync("ab", ["check", "-x"], environment ?? new Dictionary<string, string>(), CancellationToken.None);
    }
}
