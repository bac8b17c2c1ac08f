using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>One message of <c>GET /events</c>.</summary>
internal sealed record EventBody
{
    /// <summary><c>container</c>, <c>image</c>, <c>network</c> and others.</summary>
    public string? Type { get; init; }

    public string? Action { get; init; }

    public EventActorBody? Actor { get; init; }

    /// <summary>Unix time in seconds.</summary>
    [JsonPropertyName("time")]
    public long Time { get; init; }

    /// <summary>The same in nanoseconds; 0 where it is not told.</summary>
    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}
