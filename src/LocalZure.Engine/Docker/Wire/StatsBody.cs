using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>What is read of the answer of <c>GET /containers/{id}/stats</c>.</summary>
internal sealed record StatsBody
{
    /// <summary>When it was measured; null (Go's zero time) for a container that does not run.</summary>
    [JsonPropertyName("read")]
    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? Read { get; init; }

    [JsonPropertyName("preread")]
    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? PreviousRead { get; init; }

    [JsonPropertyName("num_procs")]
    public uint Processors { get; init; }

    [JsonPropertyName("pids_stats")]
    public StatsPidsBody? Pids { get; init; }

    [JsonPropertyName("cpu_stats")]
    public StatsCpuBody? Cpu { get; init; }

    [JsonPropertyName("precpu_stats")]
    public StatsCpuBody? PreviousCpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public StatsMemoryBody? Memory { get; init; }

    [JsonPropertyName("blkio_stats")]
    public StatsBlockBody? Block { get; init; }

    [JsonPropertyName("storage_stats")]
    public StatsStorageBody? Storage { get; init; }

    /// <summary>By interface; null in the network of the machine.</summary>
    [JsonPropertyName("networks")]
    public Dictionary<string, StatsNetworkBody>? Networks { get; init; }
}
