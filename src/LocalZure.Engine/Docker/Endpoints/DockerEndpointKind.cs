namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>How an endpoint is reached.</summary>
internal enum DockerEndpointKind
{
    /// <summary>A Unix domain socket.</summary>
    UnixSocket,

    /// <summary>A Windows named pipe.</summary>
    NamedPipe,

    /// <summary>TCP, with TLS when the endpoint has <see cref="DockerTls"/>.</summary>
    Tcp,

    /// <summary><c>docker system dial-stdio</c> on another machine, through ssh.</summary>
    Ssh,
}
