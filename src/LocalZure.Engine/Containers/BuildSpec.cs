namespace LocalZure.Engine.Containers;

/// <summary>An image to build.</summary>
internal sealed record BuildSpec
{
    /// <summary>The name that the image gets, for example <c>localzure/web:0123456789abcdef</c>.</summary>
    public required string Tag { get; init; }

    /// <summary>What is sent, folders before what is in them. Files that have changed since they were looked at fail the build.</summary>
    public required IReadOnlyList<BuildFile> Files { get; init; }

    /// <summary>The path of the Dockerfile among <see cref="Files"/>.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The stage to build; null for the last.</summary>
    public string? Target { get; init; }

    /// <summary>Build arguments. Their values may be secrets and are in no message.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>The labels of the image.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether every step is run, whatever the engine remembers of earlier builds.</summary>
    public bool NoCache { get; init; }

    /// <summary>Tells what is built, never with which arguments.</summary>
    public override string ToString() => Tag;
}
