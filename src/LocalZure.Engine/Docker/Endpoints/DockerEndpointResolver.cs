namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>Lists the endpoints where an engine may be, in the order in which they are tried. It dials nothing.</summary>
internal sealed class DockerEndpointResolver
{
    private readonly EnvironmentSnapshot _environment;
    private readonly string _userHome;
    private readonly DockerPlatform _platform;

    /// <summary>Creates one.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="userHome">The user's home folder.</param>
    /// <param name="platform">The platform whose usual endpoints are listed.</param>
    public DockerEndpointResolver(EnvironmentSnapshot environment, string userHome, DockerPlatform platform)
    {
        _environment = environment;
        _userHome = userHome;
        _platform = platform;
    }

    /// <summary>
    /// The candidates. An endpoint that the user has chosen (<c>DOCKER_HOST</c>, <c>DOCKER_CONTEXT</c>, the current Docker context) is
    /// the only one: who chose an engine must never silently get another. The context <c>default</c> is no choice.
    /// </summary>
    public IReadOnlyList<DockerCandidate> Resolve()
    {
        if (_environment["DOCKER_HOST"] is { } host)
        {
            return [FromHost(host) with { IsChosen = true }];
        }

        var contexts = new DockerContextStore(DockerConfigFile.Folder(_environment, _userHome));
        if ((_environment["DOCKER_CONTEXT"] ?? contexts.CurrentContext) is { } context)
        {
            return context == DockerContextStore.Default ? Known() : [contexts.Read(context, $"Docker context '{context}'") with { IsChosen = true }];
        }

        // Nobody knows which context is meant. The docker command line then takes the platform's own endpoint, and so must this:
        // a search could end at another engine than `docker ps` shows.
        return contexts.Problem is { } problem
            ? [Known()[0] with { Source = $"platform default, as the current Docker context cannot be read: {problem}", IsChosen = true }]
            : Known();
    }

    private static List<DockerCandidate> WithoutRepeats(IEnumerable<DockerCandidate> candidates) =>
        candidates.DistinctBy(candidate => candidate.Address, StringComparer.Ordinal).ToList();

    private DockerCandidate FromHost(string host)
    {
        var wantsTls = _environment["DOCKER_TLS_VERIFY"] is not null || _environment["DOCKER_CERT_PATH"] is not null;
        var folder = _environment["DOCKER_CERT_PATH"] ?? DockerConfigFile.Folder(_environment, _userHome);
        return DockerEndpointParser.TryParse(host.Trim(), wantsTls ? new DockerTls(folder) : null, out var endpoint, out var problem)
            ? DockerCandidate.Of(endpoint, "DOCKER_HOST")
            : new DockerCandidate(host, "DOCKER_HOST", null, problem);
    }

    private List<DockerCandidate> Known() =>
        WithoutRepeats(KnownEndpoints.For(_platform, _userHome, _environment["XDG_RUNTIME_DIR"]));
}
