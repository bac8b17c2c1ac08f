using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>What comes up while a document is read by a schema.</summary>
internal sealed class SchemaReading
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Creates one.</summary>
    /// <param name="problems">Takes what is wrong.</param>
    public SchemaReading(Problems problems) => Problems = problems;

    /// <summary>Takes what is wrong.</summary>
    public Problems Problems { get; }

    /// <summary>Where each key that was met stands, by its path: its value, or the key where nothing is written behind it.</summary>
    public IReadOnlyDictionary<string, Place> Places => _places;

    /// <summary>The values that were read, by the path of their keys; lists of texts as a whole.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>The keys themselves, by their path.</summary>
    public IReadOnlyDictionary<string, Place> Keys => _keys;

    /// <summary>Notes where a key stands.</summary>
    public void Met(string path, YamlEntry entry)
    {
        _places[path] = entry.Shown;
        _keys[path] = entry.Place;
    }

    /// <summary>Notes where an item of a list stands.</summary>
    public void Met(string path, Place place) => _places[path] = place;

    /// <summary>Notes a value.</summary>
    public void Read(string path, object value) => _values[path] = value;
}
