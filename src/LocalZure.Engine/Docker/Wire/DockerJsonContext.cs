using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The generated code that reads and writes the records beside it.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigBody))]
[JsonSerializable(typeof(ContextBody))]
[JsonSerializable(typeof(HelperCredentialsBody))]
[JsonSerializable(typeof(RegistryAuthBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(InfoBody))]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(WaitBody))]
[JsonSerializable(typeof(List<ContainerListBody>), TypeInfoPropertyName = "ContainerList")]
[JsonSerializable(typeof(ContainerInspectBody))]
[JsonSerializable(typeof(StatsBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(CreateContainerBody))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(ExecCreateBody))]
[JsonSerializable(typeof(ExecStartBody))]
[JsonSerializable(typeof(ExecInspectBody))]
[JsonSerializable(typeof(List<NetworkBody>), TypeInfoPropertyName = "NetworkList")]
[JsonSerializable(typeof(NetworkBody))]
[JsonSerializable(typeof(CreateNetworkBody))]
[JsonSerializable(typeof(VolumeBody))]
[JsonSerializable(typeof(VolumeListBody))]
[JsonSerializable(typeof(CreateVolumeBody))]
[JsonSerializable(typeof(PullMessageBody))]
[JsonSerializable(typeof(BuildMessageBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>), TypeInfoPropertyName = "Texts")]
[JsonSerializable(typeof(Dictionary<string, RegistryAuthBody>), TypeInfoPropertyName = "RegistryConfig")]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<string>>), TypeInfoPropertyName = "Filters")]
internal sealed partial class DockerJsonContext : JsonSerializerContext;
