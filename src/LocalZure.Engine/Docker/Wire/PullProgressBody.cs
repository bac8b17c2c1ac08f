using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>Bytes of a layer.</summary>
internal sealed record PullProgressBody
{
    [JsonPropertyName("current")]
    public long? Current { get; init; }

    [JsonPropertyName("total")]
    public long? Total { get; init; }
}
