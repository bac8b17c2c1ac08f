using System.Text.Json.Serialization;

namespace LocalZure.Engine.Seeding;

/// <summary>How a marker is written to a file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SeedMarker))]
internal sealed partial class SeedJsonContext : JsonSerializerContext;
