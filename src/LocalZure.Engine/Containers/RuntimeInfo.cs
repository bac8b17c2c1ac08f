namespace LocalZure.Engine.Containers;

/// <summary>What is known of a connected container runtime.</summary>
/// <param name="Endpoint">Its address, for example <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="EngineName">Its name, for example <c>Docker Engine</c> or <c>Podman Engine</c>.</param>
/// <param name="EngineVersion">Its version, for example <c>20.10.24</c>.</param>
/// <param name="ApiVersion">The API version that both sides speak, for example <c>1.41</c>.</param>
/// <param name="OperatingSystem">The operating system of its containers: <c>linux</c> or <c>windows</c>.</param>
/// <param name="Architecture">Its architecture, for example <c>amd64</c>.</param>
internal sealed record RuntimeInfo(
    string Endpoint,
    string EngineName,
    string EngineVersion,
    string ApiVersion,
    string OperatingSystem,
    string Architecture)
{
    /// <summary>Whether the ports that it publishes are those of this machine: it is reached by a socket or pipe of it.</summary>
    public bool IsLocal => Endpoint.StartsWith("unix:", StringComparison.OrdinalIgnoreCase) || Endpoint.StartsWith("npipe:", StringComparison.OrdinalIgnoreCase);
}
