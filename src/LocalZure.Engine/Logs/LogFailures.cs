using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Logs;

/// <summary>Tells failures that pass from those that stay.</summary>
internal static class LogFailures
{
    /// <summary>Whether a reading may succeed a moment later: the connection broke, or the daemon is away.</summary>
    public static bool MayPass(LocalZureException failure) =>
        failure is ContainerRuntimeException { Failure: RuntimeFailure.Transient } || failure.Code == ErrorCode.DockerUnavailable;
}
