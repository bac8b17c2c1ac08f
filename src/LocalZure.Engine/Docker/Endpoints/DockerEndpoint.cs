namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>Where an engine is reached.</summary>
/// <param name="Kind">How.</param>
/// <param name="Address">The address as a user writes it, for example <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="Target">The socket's path, the pipe's name or the host.</param>
/// <param name="Port">The TCP port; 0 for ssh's default and where there is none.</param>
internal sealed record DockerEndpoint(DockerEndpointKind Kind, string Address, string Target, int Port = 0)
{
    /// <summary>How TLS is spoken; null for plain TCP and everything else.</summary>
    public DockerTls? Tls { get; init; }

    /// <summary>The user of an ssh address; null for ssh's own choice.</summary>
    public string? User { get; init; }

    /// <summary>The machine that holds a named pipe; <c>.</c> for this one.</summary>
    public string PipeServer { get; init; } = ".";

    /// <summary>A Unix socket's endpoint.</summary>
    /// <param name="path">Its absolute path.</param>
    public static DockerEndpoint Unix(string path) => new(DockerEndpointKind.UnixSocket, "unix://" + path, path);

    /// <summary>A named pipe's endpoint on this machine.</summary>
    /// <param name="name">The pipe's name, for example <c>docker_engine</c>.</param>
    public static DockerEndpoint Pipe(string name) => new(DockerEndpointKind.NamedPipe, "npipe:////./pipe/" + name, name);
}
