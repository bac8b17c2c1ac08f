using System.Text.Json.Serialization;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Writes and reads what labels hold as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DefinitionNote))]
internal sealed partial class LifecycleJsonContext : JsonSerializerContext;
