using LocalZure.Engine.Images;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>The image of a service, as its settings ask for it.</summary>
internal sealed record ImageBuild
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The configuration file's project; null without one.</summary>
    public string? Project { get; init; }

    /// <summary>What progress is told about: the container's name.</summary>
    public required string Subject { get; init; }

    /// <summary>The full path of the folder that is built from.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile, relative to the folder or with its full path; null for <c>Dockerfile</c>.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>The stage to build; null for the last.</summary>
    public string? Target { get; init; }

    /// <summary>Build arguments.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is built whatever is there, each step anew (<c>cache: none</c>).</summary>
    public bool Always { get; init; }

    /// <summary>How long reading, waiting for another's build of the same, and building may take together.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Tells what is built, never with which arguments.</summary>
    public override string ToString() => $"{Service} from {Context}";

    /// <summary>The image's name for what the folder holds now.</summary>
    /// <exception cref="LocalZureException">BuildFailed: the folder or the Dockerfile is missing, or something cannot be read.</exception>
    public async Task<(string Image, BuildContext Context)> ReadAsync(CancellationToken cancellationToken)
    {
        var context = BuildContext.Read(Context, Dockerfile, cancellationToken);
        var hash = await ContentHash.OfAsync(context, Target, Arguments, cancellationToken).ConfigureAwait(false);
        return ($"{ImageRepository.Prefix}{ImageRepository.NameOf(Service)}:{hash}", context);
    }
}
