namespace LocalZure.Engine.Docker.Wire;

/// <summary>The answer of a list of volumes.</summary>
internal sealed record VolumeListBody
{
    public List<VolumeBody>? Volumes { get; init; }
}
