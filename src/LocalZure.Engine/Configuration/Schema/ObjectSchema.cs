using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A table with keys of ours.</summary>
/// <typeparam name="T">What it becomes.</typeparam>
internal sealed class ObjectSchema<T> : Schema<T>
    where T : notnull
{
    private readonly T _empty;
    private readonly Dictionary<string, SchemaKey<T>> _keys;
    private readonly bool _takesExtensions;

    /// <summary>Creates one.</summary>
    /// <param name="type">In words, for example <c>service</c>.</param>
    /// <param name="empty">What an empty table becomes.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="takesExtensions">Whether keys that begin with <c>x-</c> are passed over: places for anchors.</param>
    public ObjectSchema(string type, T empty, IReadOnlyList<SchemaKey<T>> keys, bool takesExtensions = false)
    {
        _empty = empty;
        _keys = keys.ToDictionary(key => key.Shape.Name, StringComparer.Ordinal);
        _takesExtensions = takesExtensions;
        Shape = new SchemaShape(type) { JsonTypes = ["object"], Keys = keys.Select(key => key.Shape).ToList(), TakesExtensions = takesExtensions };
    }

    /// <inheritdoc/>
    public override SchemaShape Shape { get; }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = _empty;
        if (node is not YamlMapping mapping)
        {
            return Refuse(node, path, reading, $"a table with the keys of a {Shape.Type}");
        }

        foreach (var entry in mapping.Entries)
        {
            var entryPath = KeyPath.Child(path, entry.Key);
            if (_keys.TryGetValue(entry.Key, out var key))
            {
                reading.Met(entryPath, entry);
                value = key.Apply(value, entry, entryPath, reading);
            }
            else if (!_takesExtensions || !entry.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                reading.Problems.Add(entry.Place, entryPath, $"'{entry.Key}' is not a key of a {Shape.Type}.", Suggestion(entry.Key, reading));
            }
        }

        return true;
    }

    private string Suggestion(string key, SchemaReading reading)
    {
        var nearest = reading.Problems.IsFull ? [] : NearestNames.Of(key, _keys.Keys);
        return nearest.Count == 0
            ? $"Its keys are {string.Join(", ", _keys.Keys)}."
            : $"Did you mean {string.Join(" or ", nearest.Select(candidate => $"'{candidate}'"))}?";
    }
}
