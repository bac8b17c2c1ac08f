using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>Something that can be written in several forms, told apart by the kind of node.</summary>
/// <typeparam name="T">What it becomes.</typeparam>
internal sealed class FormSchema<T> : Schema<T>
{
    private readonly Schema<T>? _text;
    private readonly Schema<T>? _list;
    private readonly Schema<T>? _table;
    private readonly Func<T>? _nothing;

    /// <summary>Creates one.</summary>
    /// <param name="type">In words.</param>
    /// <param name="text">The form of a single value; null when there is none.</param>
    /// <param name="list">The form of a list; null when there is none.</param>
    /// <param name="table">The form of a table; null when there is none.</param>
    /// <param name="nothing">What a key without a value becomes; null when that counts as not there.</param>
    public FormSchema(string type, Schema<T>? text = null, Schema<T>? list = null, Schema<T>? table = null, Func<T>? nothing = null)
    {
        _text = text;
        _list = list;
        _table = table;
        _nothing = nothing;
        var forms = new[] { text, list, table }.OfType<Schema<T>>().Select(form => form.Shape).ToList();
        Shape = new SchemaShape(type) { Forms = nothing is null ? forms : [.. forms, new SchemaShape("nothing") { JsonTypes = ["null"] }] };
    }

    /// <inheritdoc/>
    public override SchemaShape Shape { get; }

    /// <inheritdoc/>
    public override bool TakesNull => _nothing is not null;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out T value)
    {
        if (node is YamlScalar { IsNull: true } && _nothing is not null)
        {
            value = _nothing();
            return true;
        }

        var form = node switch
        {
            YamlScalar => _text,
            YamlSequence => _list,
            _ => _table,
        };
        value = default;
        return form is null ? Refuse(node, path, reading, $"a {Shape.Type}") : form.TryRead(node, path, reading, out value);
    }
}
