using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>Reads times as Go writes them; its zero time, an empty text and a text that is no time are null.</summary>
internal sealed class GoTimeConverter : JsonConverter<DateTimeOffset?>
{
    /// <inheritdoc/>
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // "2026-11-21T03:11:22.123456789Z", "2018-05-28T09:52:43.2+02:00" and, for never, "0001-01-01T00:00:00Z"
        if (reader.TokenType == JsonTokenType.String
            && Rfc3339.TryParse(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, out var time, out _)
            && time.Year > 1)
        {
            return time;
        }

        // Not Skip, which refuses in the middle of a large answer, where the value is there as a whole and what follows is not.
        _ = reader.TrySkip();
        return null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Times are only read.");
}
