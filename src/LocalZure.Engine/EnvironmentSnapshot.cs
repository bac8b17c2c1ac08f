using System.Collections;

namespace LocalZure.Engine;

/// <summary>The environment variables at one moment. Two snapshots are equal when what LocalZure looks at is equal.</summary>
public sealed class EnvironmentSnapshot : IEquatable<EnvironmentSnapshot>
{
    private static readonly string[] Watched =
    [
        "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "DOCKER_API_VERSION",
        "XDG_RUNTIME_DIR", "HOME", "USERPROFILE", "PATH", "SUDO_UID",
        "LOCALZURE_HOME", "LOCALZURE_MODE", "LOCALZURE_INSTANCE", "LOCALZURE_PORT_RANGE", "LOCALZURE_ACCEPT_EULA",
    ];

    private readonly Dictionary<string, string> _variables;

    /// <summary>Creates one from given variables.</summary>
    /// <param name="variables">Names and values; empty values count as not set.</param>
    public EnvironmentSnapshot(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _variables = new Dictionary<string, string>(comparer);
        foreach (var (name, value) in variables)
        {
            _variables[name] = value;
        }
    }

    /// <summary>The value of a variable; null when it is not set or empty.</summary>
    public string? this[string name] => _variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>All of them.</summary>
    internal IReadOnlyDictionary<string, string> Variables => _variables;

    // LOCALZURE_BLOB_PORT and the like, which no list can name.
    private IEnumerable<KeyValuePair<string, string>> Own =>
        _variables.Where(variable => variable.Key.StartsWith("LOCALZURE_", StringComparison.OrdinalIgnoreCase) && variable.Value.Length > 0);

    /// <summary>Takes this process' variables.</summary>
    public static EnvironmentSnapshot Capture() =>
        new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <inheritdoc/>
    public bool Equals(EnvironmentSnapshot? other) =>
        other is not null
        && Watched.All(name => string.Equals(this[name], other[name], StringComparison.Ordinal))
        && Own.Count() == other.Own.Count()
        && Own.All(variable => string.Equals(variable.Value, other[variable.Key], StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EnvironmentSnapshot);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var name in Watched)
        {
            hash.Add(this[name], StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
