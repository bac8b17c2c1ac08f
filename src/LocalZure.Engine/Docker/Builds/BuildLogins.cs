using System.Text.Json;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Finds the credentials for the images that a build needs and the engine has not.</summary>
internal sealed class BuildLogins
{
    private readonly RegistryCredentials _credentials;
    private readonly Func<string, CancellationToken, Task<bool>> _imageExists;

    /// <summary>Creates one.</summary>
    /// <param name="credentials">Finds credentials of registries.</param>
    /// <param name="imageExists">Whether an image is on the engine.</param>
    public BuildLogins(RegistryCredentials credentials, Func<string, CancellationToken, Task<bool>> imageExists)
    {
        _credentials = credentials;
        _imageExists = imageExists;
    }

    /// <summary>The logins by registry; only registries that the build needs are asked for.</summary>
    public async Task<IReadOnlyDictionary<string, RegistryLogin>> FindAsync(BuildSpec spec, CancellationToken cancellationToken)
    {
        Dictionary<string, RegistryLogin> logins = new(StringComparer.Ordinal);
        foreach (var image in BaseImages.Find(await ReadAsync(spec, cancellationToken).ConfigureAwait(false), spec.Arguments))
        {
            var registry = ImageReference.Parse(image).Registry;
            if (!logins.ContainsKey(registry) && !await _imageExists(image, cancellationToken).ConfigureAwait(false))
            {
                logins[registry] = await _credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false);
            }
        }

        return logins;
    }

    /// <summary>The value of <c>X-Registry-Config</c>; null when there are no credentials.</summary>
    public static string? HeaderOf(IReadOnlyDictionary<string, RegistryLogin> logins)
    {
        Dictionary<string, RegistryAuthBody> found = new(StringComparer.Ordinal);
        foreach (var header in logins.Values.Select(login => login.Header).OfType<string>())
        {
            var json = Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/'));
            if (JsonSerializer.Deserialize(json, DockerJsonContext.Default.RegistryAuthBody) is { ServerAddress: { } address } auth)
            {
                found[address] = auth;
            }
        }

        return found.Count == 0
            ? null
            : Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(found, DockerJsonContext.Default.RegistryConfig)).Replace('+', '-').Replace('/', '_');
    }

    private static async Task<string[]> ReadAsync(BuildSpec spec, CancellationToken cancellationToken)
    {
        var file = spec.Files.FirstOrDefault(file => file.Path == spec.Dockerfile);
        try
        {
            return file is null ? [] : await File.ReadAllLinesAsync(file.FullPath, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnchangingFile.Changed(file!, e);
        }
    }
}
