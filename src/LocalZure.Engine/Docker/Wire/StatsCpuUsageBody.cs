using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The processor time that a container has used.</summary>
internal sealed record StatsCpuUsageBody
{
    /// <summary>Nanoseconds; on Windows units of 100 ns.</summary>
    [JsonPropertyName("total_usage")]
    public ulong Total { get; init; }

    /// <summary>By processor; null with version 2 of control groups.</summary>
    [JsonPropertyName("percpu_usage")]
    public IReadOnlyList<ulong>? PerProcessor { get; init; }
}
