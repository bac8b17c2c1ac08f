using System.Net;
using System.Text;
using Docker.DotNet;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>
/// Stands between whoever writes a call and the connections. Throws what an engine refuses with no more of its words than a message
/// can be long, since the client library reads them without bound and takes a redirection for success; and takes the header out
/// with which the library says that there is no login, since Podman then does not use its own.
/// </summary>
internal sealed class RefusalHandler : DelegatingHandler
{
    private const string AuthHeader = "X-Registry-Auth";
    private const int MaxBody = 64 * 1024;

    // {}
    private const string NoLogin = "e30=";

    /// <summary>Creates one.</summary>
    /// <param name="connections">The connections; owned by this.</param>
    public RefusalHandler(HttpMessageHandler connections)
        : base(connections)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="DockerApiException">The engine refused the call.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.NonValidated.TryGetValues(AuthHeader, out var login) && login.ToString() == NoLogin)
        {
            request.Headers.Remove(AuthHeader);
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw new DockerApiException(response.StatusCode, await ReadStartAsync(response, cancellationToken).ConfigureAwait(false));
        }
    }

    private static async Task<string> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[MaxBody];
            var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer.AsSpan(0, length));
        }
    }
}
