using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>One line of a pull's progress.</summary>
internal sealed record PullMessageBody
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("progressDetail")]
    public PullProgressBody? ProgressDetail { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("errorDetail")]
    public ErrorBody? ErrorDetail { get; init; }
}
