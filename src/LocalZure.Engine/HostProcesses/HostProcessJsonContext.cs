using System.Text.Json.Serialization;

namespace LocalZure.Engine.HostProcesses;

/// <summary>How the registry's files are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(HostProcessEntry))]
[JsonSerializable(typeof(OperationEntry))]
[JsonSerializable(typeof(NpmManifest))]
[JsonSerializable(typeof(WatcherEntry))]
[JsonSerializable(typeof(EnvironmentUser))]
[JsonSerializable(typeof(Event))]
internal sealed partial class HostProcessJsonContext : JsonSerializerContext;
