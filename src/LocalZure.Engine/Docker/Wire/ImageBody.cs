using System.Text.Json.Nodes;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The answer of an inspection of an image.</summary>
internal sealed record ImageBody
{
    public string? Id { get; init; }

    /// <summary>What containers are made with: command, environment, labels and more.</summary>
    public JsonObject? Config { get; init; }

    public ImageLayersBody? RootFS { get; init; }
}
