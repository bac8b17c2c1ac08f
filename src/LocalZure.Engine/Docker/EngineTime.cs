using System.Text;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Reads times as engines tell them: with nanoseconds, in any time zone, and the year 1 for never.</summary>
internal static class EngineTime
{
    /// <summary>A time that the client library has read; null for never.</summary>
    public static DateTimeOffset? Of(DateTime time) => time.Year > 1 ? new DateTimeOffset(time).ToUniversalTime() : null;

    /// <summary>A time that the client library has left as it came; null for never, and for what is no time.</summary>
    public static DateTimeOffset? Of(string? text) =>
        text is not null && Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var time, out _) && time.Year > 1 ? time : null;
}
