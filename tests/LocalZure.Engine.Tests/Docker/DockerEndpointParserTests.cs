using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerEndpointParserTests
{
    private static readonly DockerTls Tls = new("/certs");

    [Theory]
    [InlineData("unix:///run/d.sock", DockerEndpointKind.UnixSocket, "/run/d.sock", 0)]
    [InlineData("UNIX:///run/d.sock", DockerEndpointKind.UnixSocket, "/run/d.sock", 0)]
    [InlineData("npipe:////./pipe/docker_engine", DockerEndpointKind.NamedPipe, "docker_engine", 0)]
    [InlineData("npipe://\\\\.\\pipe\\docker_engine", DockerEndpointKind.NamedPipe, "docker_engine", 0)]
    [InlineData("tcp://host", DockerEndpointKind.Tcp, "host", 2375)]
    [InlineData("tcp://host:1234", DockerEndpointKind.Tcp, "host", 1234)]
    [InlineData("tcp://[::1]:1234", DockerEndpointKind.Tcp, "::1", 1234)]
    [InlineData("http://127.0.0.1:80/", DockerEndpointKind.Tcp, "127.0.0.1", 80)]
    [InlineData("ssh://host", DockerEndpointKind.Ssh, "host", 0)]
    [InlineData("ssh://me@host:2222", DockerEndpointKind.Ssh, "host", 2222)]
    public void TryParse_Address_GivesItsParts(string address, object kind, string target, int port)
    {
        Assert.True(DockerEndpointParser.TryParse(address, null, out var endpoint, out _));

        Assert.Equal(((DockerEndpointKind)kind, address, target, port, null), (endpoint.Kind, endpoint.Address, endpoint.Target, endpoint.Port, endpoint.Tls));
    }

    [Fact]
    public void TryParse_TlsAndUserAndServer_AreKept()
    {
        Assert.True(DockerEndpointParser.TryParse("tcp://host", Tls, out var tls, out _));
        Assert.True(DockerEndpointParser.TryParse("https://host:1", null, out var https, out _));
        Assert.True(DockerEndpointParser.TryParse("ssh://me@host", Tls, out var ssh, out _));
        Assert.True(DockerEndpointParser.TryParse("npipe:////box/pipe/p", null, out var pipe, out _));

        Assert.Equal((2376, Tls, new DockerTls(null), "me", null, "box"), (tls.Port, tls.Tls, https.Tls, ssh.User, ssh.Tls, pipe.PipeServer));
    }

    [Theory]
    [InlineData("docker.sock", "must begin with unix://")]
    [InlineData("unix://docker.sock", "absolute path")]
    [InlineData("npipe://docker_engine", "npipe:////./pipe/docker_engine")]
    [InlineData("tcp://", "tcp://host:2376")]
    [InlineData("tcp://host:99999", "tcp://host:2376")]
    [InlineData("tcp://host/path", "a host and a port")]
    [InlineData("ssh://", "ssh://user@host")]
    [InlineData("ssh://me:secret@host", "must not hold a password")]
    [InlineData("fd://", "file descriptor")]
    [InlineData("gopher://host", "'gopher' is not a kind of endpoint")]
    public void TryParse_NoAddress_SaysWhatIsWrong(string address, string expected)
    {
        Assert.False(DockerEndpointParser.TryParse(address, null, out _, out var problem));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
