using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>Reads the contexts of the docker command line from its configuration folder.</summary>
internal sealed class DockerContextStore
{
    /// <summary>The name of the context that stands for no choice.</summary>
    public const string Default = "default";

    private readonly string _folder;

    /// <summary>Creates one.</summary>
    /// <param name="folder">The configuration folder, normally <c>~/.docker</c>.</param>
    public DockerContextStore(string folder)
    {
        _folder = folder;
    }

    /// <summary>The context that <c>config.json</c> names as the current one; null when it names none or cannot be read.</summary>
    public string? CurrentContext => DockerConfigFile.TryRead(_folder)?.CurrentContext is { Length: > 0 } name ? name : null;

    /// <summary>Why <c>config.json</c>, which is there, cannot be read; null when it can, or is not there.</summary>
    public string? Problem => DockerConfigFile.ProblemOf(_folder);

    /// <summary>
    /// The variables with the current context among them as <c>DOCKER_CONTEXT</c>, where neither it nor <c>DOCKER_HOST</c> is set:
    /// what is made of them then stays with that engine, and is another when the user changes to another context.
    /// </summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="userHome">The user's home folder.</param>
    public static EnvironmentSnapshot Pin(EnvironmentSnapshot environment, string userHome) =>
        (environment["DOCKER_HOST"] ?? environment["DOCKER_CONTEXT"]) is null
        && new DockerContextStore(DockerConfigFile.Folder(environment, userHome)).CurrentContext is { } current
            ? new EnvironmentSnapshot(environment.Variables.Append(KeyValuePair.Create("DOCKER_CONTEXT", current)))
            : environment;

    /// <summary>Reads a context's endpoint.</summary>
    /// <param name="name">The context's name, other than <c>default</c>.</param>
    /// <param name="source">What the candidate says of where it comes from.</param>
    public DockerCandidate Read(string name, string source)
    {
        // The store's folders are named by the SHA-256 of the context's name.
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
        var file = Path.Combine(_folder, "contexts", "meta", hash, "meta.json");
        if (!File.Exists(file))
        {
            return Unusable(name, source, "there is no context of that name");
        }

        return ReadEndpoint(file) is { Host: { Length: > 0 } host } endpoint
            ? Usable(host, source, TlsOf(hash, endpoint))
            : Unusable(name, source, "the context has no readable docker endpoint");
    }

    private static DockerCandidate Usable(string host, string source, DockerTls? tls) =>
        DockerEndpointParser.TryParse(host, tls, out var endpoint, out var problem)
            ? DockerCandidate.Of(endpoint, source)
            : new DockerCandidate(host, source, null, problem);

    private static DockerCandidate Unusable(string name, string source, string problem) => new(name, source, null, problem);

    private static ContextEndpointBody? ReadEndpoint(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, DockerJsonContext.Default.ContextBody)?.Endpoints?.Docker;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private DockerTls? TlsOf(string hash, ContextEndpointBody endpoint)
    {
        var folder = Path.Combine(_folder, "contexts", "tls", hash, "docker");
        if (Directory.Exists(folder))
        {
            return new DockerTls(folder, endpoint.SkipTLSVerify);
        }

        return endpoint.SkipTLSVerify ? new DockerTls(null, SkipVerify: true) : null;
    }
}
