using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle;

/// <summary>The time by the clock of the container engine, which stamps what is created with it.</summary>
internal static class EngineClock
{
    /// <summary>The engine's time; that of this machine when the engine does not tell.</summary>
    /// <param name="runtime">The engine.</param>
    /// <param name="time">The clock of this machine.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<DateTimeOffset> NowAsync(IContainerRuntime runtime, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return (await runtime.ReadMachineAsync(cancellationToken).ConfigureAwait(false)).Clock ?? time.GetUtcNow();
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.DockerApiError)
        {
            // A proxy before the engine may not let this question through.
            return time.GetUtcNow();
        }
    }
}
