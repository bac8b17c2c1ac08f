namespace LocalZure.Engine.Configuration.Settings;

/// <summary>What is made in a service once, when its data is fresh.</summary>
internal sealed record InitSettings
{
    /// <summary>Queues.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Topics, each with its subscriptions.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Topics { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Event hubs, each with its consumer groups.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> EventHubs { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Blob containers.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Tables.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Databases.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>SQL files, in the order in which they are run.</summary>
    public IReadOnlyList<string> Sql { get; init; } = [];

    /// <summary>Commands that are run in the container.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Exec { get; init; } = [];

    /// <summary>Commands that are run on this machine.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Scripts { get; init; } = [];
}
