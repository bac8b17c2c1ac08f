using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A table whose keys are names of the user's own.</summary>
/// <typeparam name="T">A value.</typeparam>
internal sealed class MapSchema<T> : Schema<IReadOnlyDictionary<string, T>>
{
    private readonly Schema<T> _value;
    private readonly Action<string>? _checkKey;

    /// <summary>Creates one.</summary>
    /// <param name="type">In words, for example <c>table of environment variables</c>.</param>
    /// <param name="value">What a value is.</param>
    /// <param name="checkKey">Throws <see cref="LocalZureException"/> for a key that cannot be; null takes all.</param>
    public MapSchema(string type, Schema<T> value, Action<string>? checkKey = null)
    {
        _value = value;
        _checkKey = checkKey;
        Shape = new SchemaShape(type) { JsonTypes = ["object"], Values = value.Shape };
    }

    /// <inheritdoc/>
    public override SchemaShape Shape { get; }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        value = null;
        if (node is not YamlMapping mapping)
        {
            return Refuse(node, path, reading, $"a {Shape.Type}");
        }

        var read = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            var entryPath = KeyPath.Child(path, entry.Key);
            reading.Met(entryPath, entry);
            if (IsGoodKey(entry, entryPath, reading) && Read(entry, entryPath, reading, out var item))
            {
                read[entry.Key] = item;
            }
        }

        value = read;
        return true;
    }

    private bool Read(YamlEntry entry, string path, SchemaReading reading, [MaybeNullWhen(false)] out T item)
    {
        if (entry.IsNull && !_value.TakesNull)
        {
            item = default;
            reading.Problems.Add(entry.Place, path, $"'{entry.Key}' has no value; a {_value.Shape.Type} is wanted.");
            return false;
        }

        return _value.TryRead(entry.Value, path, reading, out item);
    }

    private bool IsGoodKey(YamlEntry entry, string path, SchemaReading reading)
    {
        if (entry.Key.Contains('\0', StringComparison.Ordinal))
        {
            reading.Problems.Add(entry.Place, path, "The name holds a null character.", "Remove it.");
            return false;
        }

        try
        {
            _checkKey?.Invoke(entry.Key);
            return true;
        }
        catch (LocalZureException e)
        {
            reading.Problems.Add(entry.Place, path, e);
            return false;
        }
    }
}
