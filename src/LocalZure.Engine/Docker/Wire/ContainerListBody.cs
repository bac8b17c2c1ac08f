namespace LocalZure.Engine.Docker.Wire;

/// <summary>One entry of a list of containers.</summary>
internal sealed record ContainerListBody
{
    public string? Id { get; init; }

    public List<string>? Names { get; init; }

    public string? Image { get; init; }

    /// <summary>Unix seconds.</summary>
    public long Created { get; init; }

    public string? State { get; init; }

    public string? Status { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public List<ListedPortBody>? Ports { get; init; }

    public List<MountPointBody>? Mounts { get; init; }

    public NetworkSettingsBody? NetworkSettings { get; init; }
}
