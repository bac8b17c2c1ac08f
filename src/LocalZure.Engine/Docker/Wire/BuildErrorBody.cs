using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>Why a build failed.</summary>
internal sealed record BuildErrorBody
{
    /// <summary>The exit code of the command that failed; null or 0 when none did.</summary>
    [JsonPropertyName("code")]
    public int? Code { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
