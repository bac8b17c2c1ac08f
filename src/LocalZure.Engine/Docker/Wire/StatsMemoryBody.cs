using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The memory of a container in bytes.</summary>
internal sealed record StatsMemoryBody
{
    [JsonPropertyName("usage")]
    public ulong? Usage { get; init; }

    [JsonPropertyName("limit")]
    public ulong? Limit { get; init; }

    /// <summary>What it consists of, by the names of the kernel.</summary>
    [JsonPropertyName("stats")]
    public Dictionary<string, ulong>? Parts { get; init; }

    /// <summary>On Windows the memory that only its processes use.</summary>
    [JsonPropertyName("privateworkingset")]
    public ulong? PrivateWorkingSet { get; init; }
}
