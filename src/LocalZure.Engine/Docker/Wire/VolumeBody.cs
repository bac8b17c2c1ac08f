using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>A volume.</summary>
internal sealed record VolumeBody
{
    public string? Name { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? CreatedAt { get; init; }
}
