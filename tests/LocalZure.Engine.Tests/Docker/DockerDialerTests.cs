using System.IO.Pipes;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerDialerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lz-dial-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Dial_PathTooLong_SaysSo()
    {
        var path = Path.Combine(_folder.FullName, new string('x', 200));
        await File.WriteAllTextAsync(path, "");

        var failure = await Assert.ThrowsAsync<DockerDialException>(() => DockerDialer.DialAsync(DockerEndpoint.Unix(path), CancellationToken.None));

        Assert.Equal("the path is too long for a socket", failure.Message);
    }

    [Fact]
    public async Task Dial_NamedPipe_Connects()
    {
        var name = "lz-" + Guid.NewGuid().ToString("N");
        await using var server = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var accepted = server.WaitForConnectionAsync();

        await using var stream = await DockerDialer.DialAsync(DockerEndpoint.Pipe(name), CancellationToken.None);
        await accepted;
        await stream.WriteAsync(new byte[] { 42 });
        var buffer = new byte[1];
        await server.ReadExactlyAsync(buffer);

        Assert.Equal(42, buffer[0]);
    }

    [Fact]
    public async Task Dial_TlsWithBothCertificates_IsMutual()
    {
        using var authority = Authority("CN=ca");
        using var server = Issue(authority, "CN=localhost");
        using var client = Issue(authority, "CN=client");
        Write("ca.pem", authority.ExportCertificatePem());
        Write("cert.pem", client.ExportCertificatePem());
        Write("key.pem", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

        var (stream, subject) = await DialTlsAsync(server, new DockerTls(_folder.FullName));

        await stream.DisposeAsync();
        Assert.Equal("CN=client", subject);
    }

    [Fact]
    public async Task Dial_TlsOfAnUnknownAuthority_IsRefused()
    {
        using var authority = Authority("CN=ca");
        using var other = Authority("CN=other");
        using var server = Issue(other, "CN=localhost");
        Write("ca.pem", authority.ExportCertificatePem());

        var failure = await Assert.ThrowsAsync<DockerDialException>(() => DialTlsAsync(server, new DockerTls(_folder.FullName)));

        Assert.StartsWith("TLS failed: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_TlsWithSkipVerify_TakesAnyCertificate()
    {
        using var authority = Authority("CN=ca");
        using var server = Issue(authority, "CN=elsewhere");

        var (stream, _) = await DialTlsAsync(server, new DockerTls(null, SkipVerify: true));

        await stream.DisposeAsync();
    }

    [Fact]
    public void SshArguments_Endpoint_CannotBeTakenForOptions()
    {
        var endpoint = new DockerEndpoint(DockerEndpointKind.Ssh, "ssh://me@-oProxyCommand=x:22", "-oProxyCommand=x", 22) { User = "me" };

        Assert.Equal(
            ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-l", "me", "-p", "22", "--", "-oProxyCommand=x", "docker", "system", "dial-stdio"],
            SshStream.Arguments(endpoint));
    }

    [UnixFact]
    public async Task Ssh_ProcessThatFails_ThrowsWithItsWords()
    {
        await using var stream = SshStream.Open(Ssh, Script("echo 'Permission denied (publickey).' >&2; exit 255"));

        var failure = await Assert.ThrowsAsync<DockerDialException>(() => stream.ReadAsync(new byte[1]).AsTask());

        Assert.Equal("ssh ended with exit code 255: Permission denied (publickey).", failure.Message);
    }

    [UnixFact]
    public async Task Ssh_Disposed_EndsTheProcess()
    {
        var pidFile = Path.Combine(_folder.FullName, "pid");
        var stream = SshStream.Open(Ssh, Script($"echo $$ > {pidFile}; echo; exec cat"));
        await stream.ReadExactlyAsync(new byte[1]);
        var process = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pidFile)));

        await stream.DisposeAsync();

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [UnixFact]
    public async Task Ssh_ReadCancelled_EndsAtOnce()
    {
        await using var stream = SshStream.Open(Ssh, Script("exec sleep 600"));
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.ReadAsync(new byte[1], cancel.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [UnixFact]
    public void Ssh_ProgramMissing_SaysSo()
    {
        var failure = Assert.Throws<DockerDialException>(() => SshStream.Open(Ssh, Path.Combine(_folder.FullName, "none")));

        Assert.StartsWith("the program 'ssh' cannot be started: ", failure.Message, StringComparison.Ordinal);
    }

    [DockerFact]
    [Trait("Needs", "engine")]
    public async Task Ssh_DialStdio_CarriesWholeCalls()
    {
        var script = Script("exec docker system dial-stdio");
        using var http = new DockerHttp(
            new DockerTransport(Ssh, (endpoint, _) => Task.FromResult<Stream>(SshStream.Open(endpoint, script)), TimeSpan.FromSeconds(20), TimeProvider.System),
            new LocalZure.Engine.Docker.DockerLimits(),
            TimeProvider.System);

        var (info, _) = await new LocalZure.Engine.Docker.SystemClient(http, Ssh).GreetAsync(null, CancellationToken.None);

        Assert.Equal(("ssh://host", "linux"), (info.Endpoint, info.OperatingSystem));
    }

    private static DockerEndpoint Ssh { get; } = new(DockerEndpointKind.Ssh, "ssh://host", "host");

    private static X509Certificate2 Authority(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(subject["CN=".Length..]);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, Guid.NewGuid().ToByteArray());
        using var pair = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static async Task<(Stream Stream, string? Client)> DialTlsAsync(X509Certificate2 server, DockerTls tls)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var accepting = AcceptAsync(listener, server);
        var stream = await DockerDialer.DialAsync(new DockerEndpoint(DockerEndpointKind.Tcp, $"tcp://localhost:{port}", "localhost", port) { Tls = tls }, CancellationToken.None);
        return (stream, await accepting);
    }

    private static async Task<string?> AcceptAsync(TcpListener listener, X509Certificate2 server)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is null || certificate.Subject.Length > 0);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server, ClientCertificateRequired = true });
        return tls.RemoteCertificate?.Subject;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private string Script(string body)
    {
        var file = Path.Combine(_folder.FullName, "script");
        File.WriteAllText(file, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }
}
