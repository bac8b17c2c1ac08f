using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The body of a refusal.</summary>
internal sealed record ErrorBody
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
