using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Waits for a container's end, also across a restart of the engine.</summary>
internal sealed class ContainerWaiter
{
    private readonly DockerHttp _http;
    private readonly Func<string, CancellationToken, Task<ContainerDetails?>> _inspect;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="inspect">Reads a container.</param>
    /// <param name="time">The clock.</param>
    public ContainerWaiter(DockerHttp http, Func<string, CancellationToken, Task<ContainerDetails?>> inspect, TimeProvider time)
    {
        _http = http;
        _inspect = inspect;
        _time = time;
    }

    /// <inheritdoc cref="IContainerRuntime.WaitForExitAsync"/>
    public async Task<int?> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var pause = _http.Limits.ShortestPoll;
        long? outage = null;
        while (true)
        {
            try
            {
                return await WaitOnceAsync(id, cancellationToken).ConfigureAwait(false);
            }
            catch (LocalZureException failure) when (IsPassing(failure) && !IsTooLong(outage ??= _time.GetTimestamp()))
            {
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
                pause = Pause.Longer(pause, _http.Limits);
            }

            if (await LookAsync(id, cancellationToken).ConfigureAwait(false) is { } look)
            {
                if (look.Ended)
                {
                    return look.ExitCode;
                }

                outage = null;
            }
        }
    }

    private bool IsTooLong(long outage) => _time.GetElapsedTime(outage) >= _http.Limits.Outage;

    private static bool IsPassing(LocalZureException failure) =>
        failure.Code == ErrorCode.DockerUnavailable || failure is ContainerRuntimeException { Failure: RuntimeFailure.Transient };

    private async Task<int?> WaitOnceAsync(string id, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Post(ContainersClient.PathOf(id) + "/wait", DockerObject.Container, $"wait for the end of the container '{id}'") with
        {
            Query = "condition=not-running",
            Limit = Timeout.InfiniteTimeSpan,
        };
        var body = await _http.FindAsync(request, DockerJsonContext.Default.WaitBody, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            return null;
        }

        return body.Error?.Message is not { Length: > 0 } message && body.StatusCode is { } code
            ? (int)code
            : throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker could not wait for the end of the container '{id}': {body.Error?.Message ?? "no exit code came"}.");
    }

    /// <summary>Looks at the container itself; null when the engine does not answer now.</summary>
    private async Task<(bool Ended, int? ExitCode)?> LookAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var details = await _inspect(id, cancellationToken).ConfigureAwait(false);
            return details switch
            {
                null => (true, null),
                { State: ContainerState.Running or ContainerState.Paused or ContainerState.Restarting or ContainerState.Removing } => (false, null),
                _ => (true, details.ExitCode),
            };
        }
        catch (LocalZureException failure) when (IsPassing(failure))
        {
            return null;
        }
    }
}
