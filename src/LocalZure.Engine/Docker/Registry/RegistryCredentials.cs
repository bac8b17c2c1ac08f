using System.Text;
using System.Text.Json;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Registry;

/// <summary>Finds a registry's credentials where <c>docker login</c> puts them: credential helpers and the configuration file.</summary>
internal sealed class RegistryCredentials
{
    // The key of Docker Hub in the configuration file and in credential helpers.
    private const string DockerHubKey = "https://index.docker.io/v1/";

    private readonly string _configFolder;
    private readonly CredentialHelper _helper;

    /// <summary>Creates one.</summary>
    /// <param name="configFolder">The docker command line's configuration folder.</param>
    /// <param name="time">The clock.</param>
    public RegistryCredentials(string configFolder, TimeProvider time)
        : this(configFolder, new CredentialHelper(time))
    {
    }

    /// <summary>Creates one with a helper of its own.</summary>
    internal RegistryCredentials(string configFolder, CredentialHelper helper)
    {
        _configFolder = configFolder;
        _helper = helper;
    }

    /// <summary>Looks up one registry. Only its own credentials are read.</summary>
    /// <param name="registry">Host and port, for example <c>docker.io</c> or <c>localhost:5000</c>.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<RegistryLogin> FindAsync(string registry, CancellationToken cancellationToken)
    {
        if (DockerConfigFile.TryRead(_configFolder) is not { } config)
        {
            return RegistryLogin.Anonymous;
        }

        var key = registry == ImageReference.DockerHub ? DockerHubKey : registry;
        string? problem = null;
        if (HelperFor(config, registry) is { } helper)
        {
            (var found, problem) = await _helper.GetAsync(helper, key, cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                return new RegistryLogin(HeaderOf(found with { ServerAddress = key }), null);
            }
        }

        var stored = StoredFor(config, registry);
        return new RegistryLogin(stored is null ? null : HeaderOf(stored with { ServerAddress = key }), stored is null ? problem : null);
    }

    private static string? HelperFor(ConfigBody config, string registry)
    {
        var own = config.CredHelpers?.FirstOrDefault(entry => HostOf(entry.Key) == registry).Value;
        return own is { Length: > 0 } ? own : config.CredsStore is { Length: > 0 } store ? store : null;
    }

    private static RegistryAuthBody? StoredFor(ConfigBody config, string registry)
    {
        var entry = config.Auths?.FirstOrDefault(auth => HostOf(auth.Key) == registry).Value;
        if (entry is null)
        {
            return null;
        }

        var (user, password) = Decode(entry.Auth);
        return user is null && entry.IdentityToken is null && entry.RegistryToken is null
            ? null
            : new RegistryAuthBody { UserName = user, Password = password, IdentityToken = entry.IdentityToken, RegistryToken = entry.RegistryToken };
    }

    /// <summary>The host of a key of the configuration file.</summary>
    // Keys are "registry.example", "localhost:5000", "https://registry.example/v2/" or, for Docker Hub, "https://index.docker.io/v1/".
    internal static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? rest : rest[..slash];
        return host is "index.docker.io" or "registry-1.docker.io" ? ImageReference.DockerHub : host;
    }

    // Base64 of "user:password"
    private static (string? User, string? Password) Decode(string? auth)
    {
        var buffer = new byte[auth?.Length ?? 0];
        if (string.IsNullOrEmpty(auth) || !Convert.TryFromBase64String(auth, buffer, out var length))
        {
            return (null, null);
        }

        var pair = Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\0').Split(':', 2);
        return pair.Length == 2 ? (pair[0], pair[1]) : (null, null);
    }

    private static string HeaderOf(RegistryAuthBody auth) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(auth, DockerJsonContext.Default.RegistryAuthBody))
            .Replace('+', '-')
            .Replace('/', '_');
}
