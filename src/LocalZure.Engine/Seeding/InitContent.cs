using System.Security.Cryptography;
using System.Text;

namespace LocalZure.Engine.Seeding;

/// <summary>What is made in a service once, when its data is fresh: as it is written in a configuration, then with full paths and templates, and at last as it will be used, without placeholders.</summary>
internal sealed record InitContent
{
    /// <summary>Raised when what a hash covers changes.</summary>
    private const string Schema = "1";

    /// <summary>Queues, of storage or of Service Bus.</summary>
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

    /// <summary>SQL files, in the order in which they are run; in the first of <see cref="Databases"/>, else in the client's own.</summary>
    public IReadOnlyList<string> Sql { get; init; } = [];

    /// <summary>Commands that are run in the container; one of a single text is taken apart by a shell. They may hold secrets.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Exec { get; init; } = [];

    /// <summary>Commands that are run on this machine; one of a single text is taken apart by a shell. They may hold secrets.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Scripts { get; init; } = [];

    /// <summary>The folder that scripts run in, as a full path: that of the file that names them.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Whether there is nothing to be made.</summary>
    public bool IsEmpty => HookCount == 0 && Topics.Count == 0 && EventHubs.Count == 0;

    /// <summary>How many hooks run after the service became usable. Entities of Service Bus and Event Hubs are there by then.</summary>
    public int HookCount => Queues.Count + Containers.Count + Tables.Count + Databases.Count + Sql.Count + Exec.Count + Scripts.Count;

    /// <summary>The hash of it all, 16 hexadecimal digits; SQL files count by their content, so that a file that is moved is no change.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">ConfigInvalid when a SQL file cannot be read.</exception>
    public async Task<string> ReadHashAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Schema);
        Add(hash, "queues", Queues);
        Add(hash, "topics", Topics);
        Add(hash, "event hubs", EventHubs);
        Add(hash, "containers", Containers);
        Add(hash, "tables", Tables);
        Add(hash, "databases", Databases);
        foreach (var file in Sql)
        {
            Add(hash, "sql");
            Add(hash, await SqlFile.ReadAsync(file, cancellationToken).ConfigureAwait(false));
        }

        foreach (var command in Exec)
        {
            Add(hash, "exec", command);
        }

        foreach (var command in Scripts)
        {
            Add(hash, "script", command);
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..16].ToLowerInvariant();
    }

    private static void Add(IncrementalHash hash, string name, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        foreach (var (key, values) in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Add(hash, name, [key, .. values]);
        }
    }

    private static void Add(IncrementalHash hash, string name, IReadOnlyList<string> values)
    {
        Add(hash, name);
        Add(hash, Encoding.UTF8.GetBytes(string.Concat(values.Select(value => $"{value.Length}:{value}"))));
    }

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    // Each part is preceded by its length, so that no two contents give one text.
    private static void Add(IncrementalHash hash, byte[] bytes)
    {
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
