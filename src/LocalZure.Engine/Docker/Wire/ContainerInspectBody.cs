using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The answer of an inspection of a container.</summary>
internal sealed record ContainerInspectBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The id of the image.</summary>
    public string? Image { get; init; }

    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? Created { get; init; }

    public int RestartCount { get; init; }

    public ContainerStateBody? State { get; init; }

    public InspectedConfigBody? Config { get; init; }

    public List<MountPointBody>? Mounts { get; init; }

    public NetworkSettingsBody? NetworkSettings { get; init; }
}
