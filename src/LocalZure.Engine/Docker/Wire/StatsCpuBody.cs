using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The processor time of a container.</summary>
internal sealed record StatsCpuBody
{
    [JsonPropertyName("cpu_usage")]
    public StatsCpuUsageBody? Usage { get; init; }

    /// <summary>Nanoseconds of all processors of the machine; null on Windows and before the first measurement.</summary>
    [JsonPropertyName("system_cpu_usage")]
    public ulong? System { get; init; }

    [JsonPropertyName("online_cpus")]
    public uint Online { get; init; }
}
