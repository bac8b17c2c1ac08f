namespace LocalZure.Engine.Catalog;

/// <summary>Data of a service that outlives its container.</summary>
/// <param name="Name">The volume's name within the service, for example <c>data</c>.</param>
/// <param name="Target">The path inside the container.</param>
internal sealed record VolumeDefinition(string Name, string Target);
