namespace LocalZure.Engine.Docker.Wire;

/// <summary>What the host gives to a container.</summary>
internal sealed record HostConfigBody
{
    public Dictionary<string, List<PortBindingBody>>? PortBindings { get; init; }

    public List<MountBody>? Mounts { get; init; }

    public string? NetworkMode { get; init; }

    public required RestartPolicyBody RestartPolicy { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Billionths of a CPU.</summary>
    public long? NanoCpus { get; init; }

    public long? PidsLimit { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public bool? Init { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }
}
