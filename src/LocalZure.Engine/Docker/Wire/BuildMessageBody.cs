using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>One line of a build's answer.</summary>
internal sealed record BuildMessageBody
{
    [JsonPropertyName("stream")]
    public string? Output { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("errorDetail")]
    public BuildErrorBody? ErrorDetail { get; init; }
}
