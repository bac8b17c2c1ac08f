using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A key of a table.</summary>
/// <typeparam name="T">What the table becomes.</typeparam>
internal abstract class SchemaKey<T>
{
    /// <summary>Creates one.</summary>
    /// <param name="shape">The key, as data.</param>
    private protected SchemaKey(SchemaKeyShape shape) => Shape = shape;

    /// <summary>The key, as data.</summary>
    public SchemaKeyShape Shape { get; }

    /// <summary>Reads the key's value into what the table becomes. What is wrong is among the problems, and leaves it as it was.</summary>
    public abstract T Apply(T target, YamlEntry entry, string path, SchemaReading reading);

    /// <summary>Describes a key.</summary>
    /// <typeparam name="TValue">Its value.</typeparam>
    /// <param name="name">The key.</param>
    /// <param name="schema">What it takes.</param>
    /// <param name="set">Puts its value into what the table becomes.</param>
    /// <param name="description">What it is for, as a sentence.</param>
    /// <param name="whenAbsent">What holds without it, in words; null when nothing does or when it is a value.</param>
    /// <param name="value">The value that holds without it, as it would be written; null when it is none.</param>
    public static SchemaKey<T> Of<TValue>(string name, Schema<TValue> schema, Func<T, TValue, T> set, string description, string? whenAbsent = null, string? value = null) =>
        new Typed<TValue>(new SchemaKeyShape(name, description, value ?? whenAbsent, value, schema.Shape), schema, set);

    private sealed class Typed<TValue> : SchemaKey<T>
    {
        private readonly Schema<TValue> _schema;
        private readonly Func<T, TValue, T> _set;

        public Typed(SchemaKeyShape shape, Schema<TValue> schema, Func<T, TValue, T> set)
            : base(shape)
        {
            _schema = schema;
            _set = set;
        }

        public override T Apply(T target, YamlEntry entry, string path, SchemaReading reading) =>
            (!entry.IsNull || _schema.TakesNull) && _schema.TryRead(entry.Value, path, reading, out var value) ? _set(target, value) : target;
    }
}
