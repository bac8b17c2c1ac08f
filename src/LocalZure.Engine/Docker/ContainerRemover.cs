using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Removes containers, also when somebody else is removing the same one.</summary>
internal sealed class ContainerRemover
{
    private readonly DockerHttp _http;
    private readonly Func<string, CancellationToken, Task<ContainerDetails?>> _inspect;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="inspect">Reads a container.</param>
    /// <param name="time">The clock.</param>
    public ContainerRemover(DockerHttp http, Func<string, CancellationToken, Task<ContainerDetails?>> inspect, TimeProvider time)
    {
        _http = http;
        _inspect = inspect;
        _time = time;
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveContainerAsync"/>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Delete(ContainersClient.PathOf(id), DockerObject.Container, $"remove the container '{id}'") with
        {
            Query = "force=1&v=1",
            Limit = _http.Limits.Work,
        };
        try
        {
            return await _http.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (IsRemovedByAnother(refusal))
        {
            await WaitUntilGoneAsync(id, refusal, cancellationToken).ConfigureAwait(false);
            return true;
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
