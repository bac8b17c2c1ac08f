namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>How TLS is spoken with an endpoint.</summary>
/// <param name="Folder">The folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, each of which may be missing; null for none.</param>
/// <param name="SkipVerify">Takes any server certificate, as a Docker context can ask for.</param>
internal sealed record DockerTls(string? Folder, bool SkipVerify = false);
