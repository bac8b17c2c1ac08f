namespace LocalZure.Engine.Catalog;

/// <summary>A port of a service.</summary>
/// <param name="Name">Its name, for example <c>blob</c>.</param>
/// <param name="ContainerPort">The port inside the container.</param>
/// <param name="DefaultHostPort">The well-known port of the host that tools expect.</param>
/// <param name="Purpose">What speaks there, in a few words.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
internal sealed record PortDefinition(string Name, int ContainerPort, int DefaultHostPort, string Purpose, string Protocol = "tcp");
