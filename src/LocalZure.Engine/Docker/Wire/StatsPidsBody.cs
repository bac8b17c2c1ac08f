using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>How many processes and threads a container has.</summary>
internal sealed record StatsPidsBody
{
    [JsonPropertyName("current")]
    public ulong? Current { get; init; }
}
