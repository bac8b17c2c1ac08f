namespace LocalZure;

/// <summary>The state of the container or host process behind a service.</summary>
/// <param name="Status">The engine's word: <c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>exited</c> or <c>dead</c>.</param>
/// <param name="Running">Whether it runs.</param>
/// <param name="HealthStatus">The result of the image's own HEALTHCHECK; null when it has none.</param>
/// <param name="ExitCode">The exit code; null while it runs or when not known.</param>
/// <param name="StartedAt">When it was last started; null when it never was.</param>
/// <param name="RestartCount">How often the daemon restarted it.</param>
/// <param name="OutOfMemory">Whether the kernel ended it for lack of memory.</param>
public sealed record ContainerHealth(
    string Status,
    bool Running,
    string? HealthStatus,
    int? ExitCode,
    DateTimeOffset? StartedAt,
    int RestartCount,
    bool OutOfMemory)
{
    /// <summary>The short form, for example <c>running</c> or <c>exited (exit code 1)</c>.</summary>
    public override string ToString() => ExitCode is null ? Status : $"{Status} (exit code {ExitCode})";
}
