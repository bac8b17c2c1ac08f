using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>What went to or came from one disk.</summary>
internal sealed record StatsBlockEntryBody
{
    /// <summary><c>Read</c>, <c>Write</c>, <c>Sync</c>, <c>Total</c> and others; lower-case with version 2 of control groups.</summary>
    [JsonPropertyName("op")]
    public string? Operation { get; init; }

    [JsonPropertyName("value")]
    public ulong Value { get; init; }
}
