namespace LocalZure.Benchmarks.Peers;

/// <summary>What a peer is to start.</summary>
/// <param name="Image">The image.</param>
/// <param name="Command">Its command.</param>
/// <param name="Ports">A host port for each container, which is published to <see cref="ContainerPort"/>; with zeros nothing is published.</param>
/// <param name="ContainerPort">The port inside.</param>
/// <param name="Server">What the answer of a usable service has as its <c>Server</c> header begins with; empty when none is to be asked.</param>
internal sealed record PeerRequest(string Image, string[] Command, int[] Ports, int ContainerPort, string Server);
