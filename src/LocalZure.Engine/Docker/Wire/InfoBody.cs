using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>What is read of the answer of <c>GET /info</c>.</summary>
internal sealed record InfoBody
{
    [JsonPropertyName("OSType")]
    public string? OperatingSystem { get; init; }

    public string? Architecture { get; init; }

    public long MemTotal { get; init; }

    public string? SystemTime { get; init; }

    public string? DockerRootDir { get; init; }
}
