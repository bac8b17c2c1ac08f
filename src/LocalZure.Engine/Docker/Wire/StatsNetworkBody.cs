using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>What went through one interface of a container.</summary>
internal sealed record StatsNetworkBody
{
    [JsonPropertyName("rx_bytes")]
    public ulong Received { get; init; }

    [JsonPropertyName("tx_bytes")]
    public ulong Sent { get; init; }
}
