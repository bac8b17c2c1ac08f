using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Removes containers, also when somebody else is removing the same one.</summary>
internal sealed class ContainerRemover
{
    private readonly DockerHttp _http;
    private readonly Func<string, CancellationToken, Task<ContainerDetails?>> _inspect;
    private readonly TimeProvider _time;
    private readonly bool _asksFirst;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="inspect">Reads a container.</param>
    /// <param name="time">The clock.</param>
    /// <param name="asksFirst">Whether a removal by force asks the container to end and waits for its stop timeout, as Podman's does, or kills at once, as Docker's.</param>
    public ContainerRemover(DockerHttp http, Func<string, CancellationToken, Task<ContainerDetails?>> inspect, TimeProvider time, bool asksFirst)
    {
        _http = http;
        _inspect = inspect;
        _time = time;
        _asksFirst = asksFirst;
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveContainerAsync"/>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var call = DockerCall.Repeatable(DockerObject.Container, $"remove the container '{id}'") with { Limit = _http.Limits.Work };
        var parameters = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
        try
        {
            if (_asksFirst)
            {
                await KillAsync(id, cancellationToken).ConfigureAwait(false);
            }

            return await _http.TryTellAsync(
                call,
                (client, token) => client.Containers.RemoveContainerAsync(DockerQuery.Segment(id), parameters, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (IsRemovedByAnother(refusal))
        {
            await WaitUntilGoneAsync(id, refusal, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    // A stop without patience: a SIGKILL by the call for signals would wait for ever for the end of a paused container.
    // Not through the client library, which takes a time of 0 for one that is not named.
    private async Task KillAsync(string id, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Post(ContainersClient.PathOf(id) + "/stop", DockerObject.Container, $"kill the container '{id}'") with
        {
            Query = "t=0",
            Limit = _http.Limits.Work,
        };
        try
        {
            await _http.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (ContainersClient.IsAboutTheState(refusal))
        {
            // It is paused, or being removed by somebody else: the removal sees to that.
        }
    }

    // 409: removal of container x is already in progress
    private static bool IsRemovedByAnother(ContainerRuntimeException refusal) =>
        refusal.Failure == RuntimeFailure.Conflict && refusal.Message.Contains("already in progress", StringComparison.OrdinalIgnoreCase);

    private async Task WaitUntilGoneAsync(string id, ContainerRuntimeException refusal, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var pause = _http.Limits.ShortestPoll;
        while (await _inspect(id, cancellationToken).ConfigureAwait(false) is not null)
        {
            if (_time.GetElapsedTime(started) > _http.Limits.Call)
            {
                throw refusal;
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            pause = Pause.Longer(pause, _http.Limits);
        }
    }
}
