using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>What an event is about.</summary>
internal sealed record EventActorBody
{
    [JsonPropertyName("ID")]
    public string? Id { get; init; }

    /// <summary>Labels, name, image and what belongs to the action.</summary>
    public Dictionary<string, string?>? Attributes { get; init; }
}
