using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Doctor.Bundle;

/// <summary>Writes what is known of a container as JSON, without what its environment holds.</summary>
internal static class ContainerText
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text.</summary>
    /// <param name="container">The container.</param>
    /// <param name="content">Where the secrets of its environment are noted.</param>
    public static string Write(ContainerDetails container, BundleContent content) => Write(new JsonObject
    {
        ["id"] = container.Id,
        ["name"] = container.Name,
        ["image"] = container.Image,
        ["state"] = container.State.ToString(),
        ["health"] = container.HealthStatus,
        ["exitCode"] = container.ExitCode,
        ["outOfMemory"] = container.OutOfMemory,
        ["error"] = container.Error,
        ["created"] = Text(container.CreatedAt),
        ["started"] = Text(container.StartedAt),
        ["finished"] = Text(container.FinishedAt),
        ["restarts"] = container.RestartCount,
        ["tty"] = container.Tty,
        ["environment"] = Table(container.Environment.Select(pair => KeyValuePair.Create(pair.Key, EnvironmentMask.Show(pair.Key, pair.Value, content)))),
        ["labels"] = Table(container.Labels),
        ["ports"] = List(container.Ports.Select(port => $"{port.HostAddress}:{port.HostPort}->{port.ContainerPort}/{port.Protocol}")),
        ["mounts"] = List(container.Mounts.Select(mount => $"{mount.Kind} {(mount.Name.Length > 0 ? mount.Name : mount.Source)} -> {mount.Target}")),
        ["networks"] = List(container.Networks),
    });

    private static string Write(JsonObject json)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Readable))
        {
            json.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static string? Text(DateTimeOffset? moment) => moment?.ToString("o", CultureInfo.InvariantCulture);

    private static JsonObject Table(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    private static JsonArray List(IEnumerable<string> texts) => new(texts.Select(text => (JsonNode?)JsonValue.Create(text)).ToArray());
}
