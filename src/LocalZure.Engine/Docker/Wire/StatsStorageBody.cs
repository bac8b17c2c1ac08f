using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The same as <see cref="StatsBlockBody"/> on Windows.</summary>
internal sealed record StatsStorageBody
{
    [JsonPropertyName("read_size_bytes")]
    public ulong? Read { get; init; }

    [JsonPropertyName("write_size_bytes")]
    public ulong? Written { get; init; }
}
