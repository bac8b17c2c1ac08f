using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Health;

/// <summary>What probes look at: a container, or a process of this machine.</summary>
internal sealed record ProbedService
{
    /// <summary>The container's name, in host mode too.</summary>
    public required string Name { get; init; }

    /// <summary>The published ports, under the names of the definition.</summary>
    public required IReadOnlyList<ServicePort> Ports { get; init; }

    /// <summary>When it was started; null when not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Reads its output since it was started, and goes on with what comes when told to.</summary>
    public required Func<bool, CancellationToken, IAsyncEnumerable<ContainerLogLine>> ReadLog { get; init; }

    /// <summary>Runs a command in the container, null when that does not run; null in host mode.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task<ContainerExecResult?>>? Execute { get; init; }

    /// <summary>Reads the container, null when it is gone; null in host mode.</summary>
    public Func<CancellationToken, Task<ContainerDetails?>>? Inspect { get; init; }

    /// <summary>Whether exactly the process that was started still runs; null for a container.</summary>
    public Func<bool>? IsRunning { get; init; }
}
