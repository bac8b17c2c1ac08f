namespace LocalZure.Engine.Docker.Wire;

/// <summary>The request that creates a container.</summary>
internal sealed record CreateContainerBody
{
    public required string Image { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public Dictionary<string, IgnoredBody>? ExposedPorts { get; init; }

    public string? WorkingDir { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>How many seconds a stop that names none leaves before the kill.</summary>
    public int? StopTimeout { get; init; }

    public required HostConfigBody HostConfig { get; init; }

    public NetworkingConfigBody? NetworkingConfig { get; init; }
}
