using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalZure.Engine.Export;

/// <summary>Variables as one JSON object.</summary>
internal static class FlatJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, without a line end behind it.</summary>
    public static string Write(IEnumerable<EnvironmentVariable> variables)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            foreach (var variable in variables)
            {
                writer.WriteString(variable.Name, variable.Value);
            }

            writer.WriteEndObject();
        }

        // The same on every system.
        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n");
    }
}
