using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>What a container has read from and written to disks.</summary>
internal sealed record StatsBlockBody
{
    [JsonPropertyName("io_service_bytes_recursive")]
    public IReadOnlyList<StatsBlockEntryBody>? Bytes { get; init; }
}
