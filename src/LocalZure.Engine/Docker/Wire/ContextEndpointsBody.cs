using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The endpoints of a Docker context.</summary>
internal sealed record ContextEndpointsBody
{
    [JsonPropertyName("docker")]
    public ContextEndpointBody? Docker { get; init; }
}
