using System.Text.Json.Serialization;
using LocalZure.Engine.Lifecycle.InContainers;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Writes and reads what labels hold as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DefinitionNote))]
[JsonSerializable(typeof(ResetNote))]
internal sealed partial class LifecycleJsonContext : JsonSerializerContext;
