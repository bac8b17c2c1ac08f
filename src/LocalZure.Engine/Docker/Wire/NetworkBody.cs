using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>A network.</summary>
internal sealed record NetworkBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? Created { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>By container id; empty in a list.</summary>
    public Dictionary<string, IgnoredBody?>? Containers { get; init; }
}
