namespace LocalZure.PowerShell.Pipeline;

/// <summary>
/// Environment variables of this process that are set for a while. Several runspaces may do so at once and end in any order: the
/// latest that is still on counts, and when none is left the value from before all of them. Knows nothing of PowerShell.
/// </summary>
internal sealed class ProcessVariables : IDisposable
{
    private static readonly object Lock = new();
    private static readonly Dictionary<string, Layers> All = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly List<string> _names = [];

    /// <summary>Sets variables until disposed.</summary>
    /// <param name="values">The variables; null and empty texts unset one.</param>
    public ProcessVariables(IEnumerable<KeyValuePair<string, string?>> values)
    {
        lock (Lock)
        {
            foreach (var (name, value) in values)
            {
                if (!All.TryGetValue(name, out var layers))
                {
                    layers = new Layers(Environment.GetEnvironmentVariable(name), []);
                    All.Add(name, layers);
                }

                layers.Set.Add((this, value));
                _names.Add(name);
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Lock)
        {
            foreach (var name in _names)
            {
                Remove(name);
            }

            _names.Clear();
        }
    }

    private void Remove(string name)
    {
        var layers = All[name];
        var isTop = ReferenceEquals(layers.Set[^1].By, this);
        layers.Set.RemoveAll(layer => ReferenceEquals(layer.By, this));
        if (isTop)
        {
            Environment.SetEnvironmentVariable(name, layers.Set.Count > 0 ? layers.Set[^1].Value : layers.Before);
        }

        if (layers.Set.Count == 0)
        {
            All.Remove(name);
        }
    }

    private sealed record Layers(string? Before, List<(ProcessVariables By, string? Value)> Set);
}
