namespace LocalZure.Engine.Docker.Registry;

/// <summary>The parts of an image's name.</summary>
/// <param name="Name">Registry and repository as they were written, for example <c>mcr.microsoft.com/azure-storage/azurite</c>.</param>
/// <param name="Version">The tag or the digest; <c>latest</c> when none was written.</param>
internal sealed record ImageReference(string Name, string Version)
{
    /// <summary>The registry of names that have none.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>The registry's host and port.</summary>
    public string Registry
    {
        get
        {
            // As Docker decides it: the first part is a host if it has a dot, a port or a capital letter, which no repository has,
            // or is "localhost".
            var slash = Name.IndexOf('/', StringComparison.Ordinal);
            var first = slash < 0 ? "" : Name[..slash];
            var isHost = first == "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0 || first.Any(char.IsUpper);
            return !isHost || first == "index.docker.io" ? DockerHub : first;
        }
    }

    /// <summary>Reads a name such as <c>localhost:5000/team/app:1.2</c> or <c>redis@sha256:…</c>.</summary>
    public static ImageReference Parse(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? image : image[..at];
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        var version = at >= 0 ? image[(at + 1)..] : hasTag ? name[(colon + 1)..] : "latest";
        return new ImageReference(hasTag ? name[..colon] : name, version);
    }
}
