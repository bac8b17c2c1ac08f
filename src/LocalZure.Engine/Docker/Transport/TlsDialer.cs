using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Speaks TLS with an engine, with the files that the docker command line uses.</summary>
internal static class TlsDialer
{
    /// <summary>Signs in over an open connection.</summary>
    /// <param name="inner">The connection; owned by the answer.</param>
    /// <param name="host">The name that the server's certificate must have.</param>
    /// <param name="tls">Where the certificates lie.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<Stream> AuthenticateAsync(Stream inner, string host, DockerTls tls, CancellationToken cancellationToken)
    {
        var stream = new SslStream(inner, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(OptionsFor(host, tls), cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SslClientAuthenticationOptions OptionsFor(string host, DockerTls tls)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (tls.Folder is { } folder)
        {
            AddClientCertificate(options, folder);
            TrustOnly(options, folder);
        }

        if (tls.SkipVerify)
        {
#pragma warning disable CA5359 // The user's Docker context says so, as the docker command line reads it.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return options;
    }

    private static void AddClientCertificate(SslClientAuthenticationOptions options, string folder)
    {
        var certificateFile = Path.Combine(folder, "cert.pem");
        var keyFile = Path.Combine(folder, "key.pem");
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
        {
            return;
        }

        using var pem = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);

        // Windows' TLS cannot use a key that lives in memory only, so the pair goes through PKCS#12.
        var certificate = new X509Certificate2(pem.Export(X509ContentType.Pkcs12));
        options.ClientCertificates = [certificate];
        options.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
    }

    private static void TrustOnly(SslClientAuthenticationOptions options, string folder)
    {
        var authorityFile = Path.Combine(folder, "ca.pem");
        if (!File.Exists(authorityFile))
        {
            return;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        options.CertificateChainPolicy = policy;
    }
}
