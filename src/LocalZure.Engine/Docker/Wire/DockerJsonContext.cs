using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Docker.DotNet.Models;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The generated code that reads and writes the records beside it.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigBody))]
[JsonSerializable(typeof(ContextBody))]
[JsonSerializable(typeof(HelperCredentialsBody))]
[JsonSerializable(typeof(RegistryAuthBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(WaitBody))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(ContainerStatsResponse))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(ExecStartBody))]
[JsonSerializable(typeof(CreateNetworkBody))]
[JsonSerializable(typeof(PullMessageBody))]
[JsonSerializable(typeof(BuildMessageBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>), TypeInfoPropertyName = "Texts")]
[JsonSerializable(typeof(Dictionary<string, RegistryAuthBody>), TypeInfoPropertyName = "RegistryConfig")]
internal sealed partial class DockerJsonContext : JsonSerializerContext;
