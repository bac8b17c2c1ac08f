using System.Diagnostics.CodeAnalysis;

namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>Reads the addresses that <c>DOCKER_HOST</c> and Docker contexts hold.</summary>
internal static class DockerEndpointParser
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    /// <summary>Reads an address such as <c>unix:///run/docker.sock</c>, <c>npipe:////./pipe/docker_engine</c>, <c>tcp://host:2376</c> or <c>ssh://user@host:22</c>.</summary>
    /// <param name="address">The address.</param>
    /// <param name="tls">How TLS is spoken if this is TCP; null for plain TCP, unless the address says https.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="problem">What is wrong with it, to be read after the address.</param>
    public static bool TryParse(string address, DockerTls? tls, [NotNullWhen(true)] out DockerEndpoint? endpoint, [NotNullWhen(false)] out string? problem)
    {
        var separator = address.IndexOf("://", StringComparison.Ordinal);
        var scheme = separator > 0 ? address[..separator].ToLowerInvariant() : "";
        var rest = separator > 0 ? address[(separator + 3)..] : address;
        (endpoint, problem) = scheme switch
        {
            "unix" => Unix(address, rest),
            "npipe" => Pipe(address, rest),
            "tcp" or "http" => Network(address, rest, tls),
            "https" => Network(address, rest, tls ?? new DockerTls(null)),
            "ssh" => Ssh(address, rest),
            "fd" => (null, "a file descriptor cannot be dialled"),
            "" => (null, "not an address; it must begin with unix://, npipe://, tcp:// or ssh://"),
            _ => (null, $"'{scheme}' is not a kind of endpoint; unix, npipe, tcp and ssh are"),
        };
        return problem is null;
    }

    private static (DockerEndpoint? Endpoint, string? Problem) Unix(string address, string path) =>
        path.StartsWith('/')
            ? (new DockerEndpoint(DockerEndpointKind.UnixSocket, address, path), null)
            : (null, "a socket needs an absolute path, for example unix:///var/run/docker.sock");

    // npipe:////./pipe/docker_engine; the docker command line also takes npipe:\\.\pipe\docker_engine and //server/pipe/name.
    private static (DockerEndpoint? Endpoint, string? Problem) Pipe(string address, string rest)
    {
        var parts = rest.Replace('\\', '/').TrimStart('/').Split('/', 3);
        return parts is [{ Length: > 0 } server, "pipe", { Length: > 0 } name]
            ? (new DockerEndpoint(DockerEndpointKind.NamedPipe, address, name) { PipeServer = server }, null)
            : (null, "a named pipe is written like npipe:////./pipe/docker_engine");
    }

    private static (DockerEndpoint? Endpoint, string? Problem) Network(string address, string rest, DockerTls? tls)
    {
        if (!Uri.TryCreate("tcp://" + rest, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return (null, "a network address is written like tcp://host:2376");
        }

        if (uri.AbsolutePath.Length > 1 || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
        {
            return (null, "a network address is a host and a port, with nothing more");
        }

        var port = uri.Port > 0 ? uri.Port : tls is null ? PlainPort : TlsPort;
        return (new DockerEndpoint(DockerEndpointKind.Tcp, address, uri.DnsSafeHost, port) { Tls = tls }, null);
    }

    private static (DockerEndpoint? Endpoint, string? Problem) Ssh(string address, string rest)
    {
        if (!Uri.TryCreate("ssh://" + rest, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length > 1)
        {
            return (null, "an ssh address is written like ssh://user@host");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            return (null, "an ssh address must not hold a password");
        }

        var user = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : null;
        return (new DockerEndpoint(DockerEndpointKind.Ssh, address, uri.DnsSafeHost, Math.Max(uri.Port, 0)) { User = user }, null);
    }
}
