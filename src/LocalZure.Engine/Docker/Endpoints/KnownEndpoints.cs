namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>The endpoints that engines use unless told otherwise, per platform, the likeliest first.</summary>
internal static class KnownEndpoints
{
    /// <summary>Lists them.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="userHome">The user's home folder.</param>
    /// <param name="runtimeFolder"><c>XDG_RUNTIME_DIR</c>; null when there is none.</param>
    public static IEnumerable<DockerCandidate> For(DockerPlatform platform, string userHome, string? runtimeFolder) => platform switch
    {
        DockerPlatform.Windows => Windows(),
        DockerPlatform.MacOS => MacOS(userHome),
        _ => Linux(userHome, runtimeFolder),
    };

    private static IEnumerable<DockerCandidate> Windows()
    {
        yield return DockerCandidate.Of(DockerEndpoint.Pipe("docker_engine"), "platform default");
        yield return DockerCandidate.Of(DockerEndpoint.Pipe("dockerDesktopLinuxEngine"), "Docker Desktop");
        yield return DockerCandidate.Of(DockerEndpoint.Pipe("podman-machine-default"), "Podman");
    }

    private static IEnumerable<DockerCandidate> MacOS(string home)
    {
        yield return Socket("/var/run/docker.sock", "platform default");
        yield return Socket($"{home}/.docker/run/docker.sock", "Docker Desktop");
        foreach (var candidate in UnderHome(home))
        {
            yield return candidate;
        }

        yield return Socket($"{home}/.local/share/containers/podman/machine/podman.sock", "Podman");
    }

    private static IEnumerable<DockerCandidate> Linux(string home, string? runtimeFolder)
    {
        yield return Socket("/var/run/docker.sock", "platform default");
        yield return Socket($"{home}/.docker/desktop/docker.sock", "Docker Desktop");
        if (runtimeFolder is not null)
        {
            yield return Socket($"{runtimeFolder}/docker.sock", "rootless Docker");
        }

        // Rootless Docker without a login session puts its socket here.
        yield return Socket($"{home}/.docker/run/docker.sock", "rootless Docker");
        foreach (var candidate in UnderHome(home))
        {
            yield return candidate;
        }

        if (runtimeFolder is not null)
        {
            yield return Socket($"{runtimeFolder}/podman/podman.sock", "Podman");
        }

        yield return Socket("/run/podman/podman.sock", "Podman");
    }

    private static IEnumerable<DockerCandidate> UnderHome(string home)
    {
        yield return Socket($"{home}/.colima/default/docker.sock", "Colima");
        yield return Socket($"{home}/.colima/docker.sock", "Colima");
        yield return Socket($"{home}/.orbstack/run/docker.sock", "OrbStack");
        yield return Socket($"{home}/.rd/docker.sock", "Rancher Desktop");
    }

    private static DockerCandidate Socket(string path, string source) => DockerCandidate.Of(DockerEndpoint.Unix(path), source);
}
