namespace LocalZure.Engine.Docker.Wire;

/// <summary>The layers of an image.</summary>
internal sealed record ImageLayersBody
{
    public List<string>? Layers { get; init; }
}
