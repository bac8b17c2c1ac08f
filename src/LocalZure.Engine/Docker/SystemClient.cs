using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Asks an engine who it is and which API it speaks.</summary>
internal sealed class SystemClient
{
    /// <summary>What Docker calls itself.</summary>
    public const string DockerName = "Docker Engine";

    /// <summary>What Podman calls itself.</summary>
    public const string PodmanName = "Podman Engine";

    private static readonly DockerCall VersionCall = DockerCall.Repeatable(DockerObject.Engine, "tell its version");

    private readonly DockerHttp _http;
    private readonly DockerEndpoint _endpoint;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends calls without a version.</param>
    /// <param name="endpoint">The endpoint.</param>
    public SystemClient(DockerHttp http, DockerEndpoint endpoint)
    {
        _http = http;
        _endpoint = endpoint;
    }

    /// <summary>
    /// Greets the engine. One small request as a rule; a second one when the first does not tell enough, or when the
    /// engine is newer than this client and may have dropped the versions that this client speaks.
    /// </summary>
    /// <param name="pinned">The API version that the user asked for; null to negotiate.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<(RuntimeInfo Info, DockerApiVersion Version)> GreetAsync(DockerApiVersion? pinned, CancellationToken cancellationToken)
    {
        var ping = await PingAsync(cancellationToken).ConfigureAwait(false);
        if (ping.ApiVersion is { } known && known <= DockerApiVersion.Newest && ping.EngineVersion.Length > 0)
        {
            var version = DockerApiVersion.Negotiate(known, null, pinned);
            return (InfoOf(ping.EngineName, ping.EngineVersion, version, ping.OperatingSystem, ""), version);
        }

        var body = await _http.AskAsync(VersionCall, (client, token) => client.System.GetVersionAsync(token), cancellationToken).ConfigureAwait(false);
        var engine = DockerApiVersion.Parse(body.APIVersion) ?? ping.ApiVersion ?? throw NoVersion();
        var chosen = DockerApiVersion.Negotiate(engine, DockerApiVersion.Parse(body.MinAPIVersion), pinned);
        return (InfoOf(NameOf(body), body.Version ?? "", chosen, body.Os ?? "linux", body.Arch ?? ""), chosen);
    }

    private static string NameOf(VersionResponse body) => body.Components is [{ Name: PodmanName }, ..] ? PodmanName : DockerName;

    private Task<EnginePing> PingAsync(CancellationToken cancellationToken) =>
        _http.SendAsync(DockerRequest.Get("/_ping", DockerObject.Engine, "answer a ping"), EnginePing.Of, cancellationToken);

    private RuntimeInfo InfoOf(string name, string version, DockerApiVersion api, string system, string architecture) =>
        new(_endpoint.Address, name, version, api.ToString(), system, architecture);

    private LocalZureException NoVersion() =>
        new(ErrorCode.DockerApiError, $"What answers at {_endpoint.Address} does not tell which Docker API it speaks.", "Set DOCKER_HOST to a Docker or Podman engine.");
}
