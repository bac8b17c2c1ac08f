using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Finds a Docker engine, or one that speaks its language, and connects to it.</summary>
internal sealed class DockerConnector : IContainerRuntimeConnector
{
    private readonly EnvironmentSnapshot _environment;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<DockerCandidate> _candidates;
    private readonly Func<DockerEndpoint, CancellationToken, Task<Stream>> _dial;
    private readonly DockerLimits _limits;
    private readonly string _configFolder;

    /// <summary>Creates one for this platform.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="userHome">The user's home folder.</param>
    /// <param name="time">The clock.</param>
    public DockerConnector(EnvironmentSnapshot environment, string userHome, TimeProvider time)
        : this(environment, userHome, time, ThisPlatform(), DockerDialer.DialAsync, new DockerLimits())
    {
    }

    /// <summary>Creates one that tests can steer.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="userHome">The user's home folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="platform">The platform whose usual endpoints are tried.</param>
    /// <param name="dial">Opens connections.</param>
    /// <param name="limits">How long to wait for what.</param>
    internal DockerConnector(
        EnvironmentSnapshot environment,
        string userHome,
        TimeProvider time,
        DockerPlatform platform,
        Func<DockerEndpoint, CancellationToken, Task<Stream>> dial,
        DockerLimits limits)
    {
        _environment = environment;
        _time = time;
        _dial = dial;
        _limits = limits;
        _configFolder = DockerConfigFile.Folder(environment, userHome);
        _candidates = new DockerEndpointResolver(environment, userHome, platform).Resolve();
    }

    /// <inheritdoc/>
    public async Task<IContainerRuntime> ConnectAsync(CancellationToken cancellationToken)
    {
        var pinned = PinnedVersion();
        var failures = new List<CandidateFailure>();
        foreach (var candidate in _candidates)
        {
            if (candidate.Endpoint is not { } endpoint)
            {
                failures.Add(new CandidateFailure(candidate, DialFailure.Other, candidate.Problem ?? "it cannot be used"));
                continue;
            }

            try
            {
                return await ConnectAsync(endpoint, pinned, cancellationToken).ConfigureAwait(false);
            }
            catch (LocalZureException problem) when (CandidateFailure.IsReasonToGoOn(problem))
            {
                failures.Add(CandidateFailure.Of(candidate, problem, LimitFor(endpoint)));
            }
        }

        throw NoEngine.Report(failures);
    }

    private static DockerPlatform ThisPlatform() =>
        OperatingSystem.IsWindows() ? DockerPlatform.Windows : OperatingSystem.IsMacOS() ? DockerPlatform.MacOS : DockerPlatform.Linux;

    private async Task<IContainerRuntime> ConnectAsync(DockerEndpoint endpoint, DockerApiVersion? pinned, CancellationToken cancellationToken)
    {
        var transport = new DockerTransport(endpoint, _dial, _limits.Dial, _time);
        try
        {
            var greeting = new DockerHttp(transport, _limits with { Call = LimitFor(endpoint), RetryDelays = [] }, _time);
            var (info, version) = await new SystemClient(greeting, endpoint).GreetAsync(pinned, cancellationToken).ConfigureAwait(false);
            var http = new DockerHttp(transport, _limits, _time, version);
            return new DockerRuntime(info, http, new RegistryCredentials(_configFolder, _time), _time);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    private TimeSpan LimitFor(DockerEndpoint endpoint) =>
        endpoint.Kind == DockerEndpointKind.Ssh ? _limits.SshProbe : _limits.Probe;

    private DockerApiVersion? PinnedVersion()
    {
        if (_environment["DOCKER_API_VERSION"] is not { } text)
        {
            return null;
        }

        return DockerApiVersion.Parse(text.TrimStart('v')) ?? throw new LocalZureException(
            ErrorCode.DockerApiError,
            string.Create(CultureInfo.InvariantCulture, $"DOCKER_API_VERSION is '{text}', which is not an API version."),
            "Remove DOCKER_API_VERSION from the environment, or set it to a version such as 1.41.");
    }
}
