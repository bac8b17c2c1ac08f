namespace LocalZure.Engine.Docker;

/// <summary>How long the client waits for what, and how it repeats.</summary>
internal sealed record DockerLimits
{
    /// <summary>Dial and first answer of a candidate on this machine or on the network.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Dial and first answer through ssh, which signs in first.</summary>
    public TimeSpan SshProbe { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Dial of a further connection to an endpoint that answered before.</summary>
    public TimeSpan Dial { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A call that reads or changes a record of the engine; for a log, until its first byte may come.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Creating, starting and removing, which move files and processes.</summary>
    public TimeSpan Work { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a wait for a container's end bears an engine that does not answer, for example while it restarts.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before each further attempt of a call that may be repeated; its length is the number of repeats.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800)];

    /// <summary>The first pause between two looks at a container; it doubles up to <see cref="LongestPoll"/>.</summary>
    public TimeSpan ShortestPoll { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two looks at a container.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(2);
}
