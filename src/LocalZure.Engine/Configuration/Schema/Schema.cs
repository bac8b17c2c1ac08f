using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>What a node may be, and what is made of it.</summary>
/// <typeparam name="T">What is made of it.</typeparam>
internal abstract class Schema<T>
{
    /// <summary>What it takes, as data.</summary>
    public abstract SchemaShape Shape { get; }

    /// <summary>Whether a key without a value is given to it too, rather than counting as not there.</summary>
    public virtual bool TakesNull => false;

    /// <summary>Reads a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">The path of its key.</param>
    /// <param name="reading">Takes what is wrong and what was read.</param>
    /// <param name="value">What was made of it.</param>
    /// <returns>Whether something could be made of it; if not, the reason is among the problems.</returns>
    public abstract bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>Notes that a node is of another kind.</summary>
    protected static bool Refuse(YamlNode node, string path, SchemaReading reading, string expected, string suggestion = "")
    {
        reading.Problems.Add(node.Place, path, $"This must be {expected}, not {node.Kind}.", suggestion);
        return false;
    }
}
