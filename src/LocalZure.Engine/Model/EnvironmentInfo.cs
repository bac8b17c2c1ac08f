namespace LocalZure;

/// <summary>An environment: everything of one instance. Shown as <c>LocalZure.Environment</c>.</summary>
public sealed record EnvironmentInfo
{
    /// <summary>The instance's name; null for the unnamed one.</summary>
    public string? Name { get; init; }

    /// <summary>The project whose configuration its services follow; null without one.</summary>
    public string? Project { get; init; }

    /// <summary>Its services, those that do not run and those of which only data is left included.</summary>
    public IReadOnlyList<Service> Services { get; init; } = [];

    /// <summary>How its services run: <see cref="ServiceMode.Docker"/>, <see cref="ServiceMode.Host"/>, or both.</summary>
    public IReadOnlyList<ServiceMode> Modes { get; init; } = [];

    /// <summary>All connection strings of its services, under the variable names that SDKs, Functions and Aspire read.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; init; } = new Dictionary<string, string>();

    /// <summary>The Docker network that its containers share; null when it has none.</summary>
    public string? Network { get; init; }

    /// <summary>The names of its data volumes in Docker.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>When its oldest part was made; null when no part tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether it goes, with all its data, when nobody uses it any more: <c>Use-LzEnvironment</c> has made it.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>How many blocks of <c>Use-LzEnvironment</c> use it at this moment; 0 for one that was not made so.</summary>
    public int Users { get; init; }

    /// <summary>Its name; empty for the unnamed one.</summary>
    public override string ToString() => Name ?? "";
}
