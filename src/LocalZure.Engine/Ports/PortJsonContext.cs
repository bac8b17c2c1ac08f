using System.Text.Json.Serialization;

namespace LocalZure.Engine.Ports;

/// <summary>How remembered ports are written.</summary>
[JsonSerializable(typeof(Dictionary<string, int>), TypeInfoPropertyName = "PortTable")]
internal sealed partial class PortJsonContext : JsonSerializerContext;
