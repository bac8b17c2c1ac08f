using System.Net;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Logs;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Runs commands in containers.</summary>
internal sealed class ContainerExecClient
{
    private const int BufferSize = 16 * 1024;

    private readonly DockerHttp _http;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="time">The clock.</param>
    public ContainerExecClient(DockerHttp http, TimeProvider time)
    {
        _http = http;
        _time = time;
    }

    /// <inheritdoc cref="IContainerRuntime.ExecuteAsync(string, IReadOnlyList{string}, IReadOnlyDictionary{string, string}, CancellationToken)"/>
    public async Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        // The program alone: arguments may hold a password.
        var action = $"run '{command[0]}' in the container '{id}'";
        try
        {
            var exec = await CreateAsync(id, command, environment, action, cancellationToken).ConfigureAwait(false);
            var output = await RunAsync(exec, action, cancellationToken).ConfigureAwait(false);
            var lines = output.LastLines().Where(line => !IsOfTheEngine(line)).ToList();
            return new ContainerExecResult(await ExitCodeAsync(exec, action, cancellationToken).ConfigureAwait(false), lines);
        }
        catch (ContainerRuntimeException refusal) when (TellsThatItDoesNotRun(refusal))
        {
            return null;
        }
    }

    // 404: No such container, or no such exec instance when it was removed meanwhile. 409: Container x is not running, or is paused.
    // Podman, 500: can only create exec sessions on running containers: container state improper
    private static bool TellsThatItDoesNotRun(ContainerRuntimeException refusal) =>
        refusal.StatusCode == (int)HttpStatusCode.NotFound || ContainersClient.IsAboutTheState(refusal);

    // What Podman adds, as if the command had written it, after the reason why a program could not be run:
    // Error: read unixpacket @->/proc/self/fd/14/attach: read: connection reset by peer
    private static bool IsOfTheEngine(string line) =>
        line.StartsWith("Error: read unixpacket ", StringComparison.Ordinal) && line.EndsWith(": connection reset by peer", StringComparison.Ordinal);

    private async Task<string> CreateAsync(string id, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string action, CancellationToken cancellationToken)
    {
        var parameters = new ContainerExecCreateParameters
        {
            AttachStdout = true,
            AttachStderr = true,
            Cmd = [.. command],
            Env = environment.Select(pair => $"{pair.Key}={pair.Value}").ToList(),
        };
        var created = await _http.AskAsync(
            DockerCall.Once(DockerObject.Container, action),
            (client, token) => client.Exec.CreateContainerExecAsync(DockerQuery.Segment(id), parameters, token),
            cancellationToken).ConfigureAwait(false);
        return created.ID is { Length: > 0 } exec
            ? DockerQuery.Segment(exec)
            : throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker could not {action}: it did not tell the command's id.");
    }

    // Not through the client library, which takes the connection over and fails at a frame of a kind that it does not know.
    private async Task<ExecOutput> RunAsync(string exec, string action, CancellationToken cancellationToken)
    {
        var start = DockerRequest.Post($"/exec/{exec}/start", DockerObject.Container, action).With(new ExecStartBody(), DockerJsonContext.Default.ExecStartBody);
        using var response = await _http.OpenAsync(start, cancellationToken).ConfigureAwait(false);
        var output = new ExecOutput();
        var buffer = new byte[BufferSize];
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
                {
                    output.Append(buffer.AsSpan(0, count));
                }
            }
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker could not {action}: the connection broke.", null, problem);
        }

        return output;
    }

    // The output may end a moment before the engine has noted the command's end.
    private async Task<int> ExitCodeAsync(string exec, string action, CancellationToken cancellationToken)
    {
        for (var pause = _http.Limits.ShortestPoll; ; pause = Pause.Longer(pause, _http.Limits))
        {
            var look = await _http.AskAsync(
                DockerCall.Repeatable(DockerObject.Container, action),
                (client, token) => client.Exec.InspectContainerExecAsync(exec, token),
                cancellationToken).ConfigureAwait(false);
            if (look is { Running: false, ExitCode: { } code })
            {
                return (int)code;
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
