using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A list of things of one kind.</summary>
/// <typeparam name="T">An item.</typeparam>
internal sealed class ListSchema<T> : Schema<IReadOnlyList<T>>
{
    private readonly Schema<T> _item;
    private readonly bool _takesOne;
    private readonly string? _ifEmpty;

    /// <summary>Creates one.</summary>
    /// <param name="items">What the items are, in words, for example <c>texts</c>.</param>
    /// <param name="item">What an item is.</param>
    /// <param name="takesOne">Whether one item may stand without a list.</param>
    /// <param name="ifEmpty">What to do about an empty list; null takes one.</param>
    public ListSchema(string items, Schema<T> item, bool takesOne = false, string? ifEmpty = null)
    {
        _ifEmpty = ifEmpty;
        _item = item;
        _takesOne = takesOne;
        var list = new SchemaShape($"list of {items}") { JsonTypes = ["array"], Items = item.Shape };
        Shape = takesOne ? new SchemaShape(list.Type) { Forms = [list, item.Shape] } : list;
    }

    /// <inheritdoc/>
    public override SchemaShape Shape { get; }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is not YamlSequence sequence)
        {
            if (_takesOne && _item.TryRead(node, path, reading, out var one))
            {
                value = [one];
                return true;
            }

            return !_takesOne && Refuse(node, path, reading, $"a {Shape.Type}", node is YamlScalar { IsNull: false } text ? $"Write it as a list, for example [{string.Join(", ", text.Text.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries).Take(3))}]." : "");
        }

        if (sequence.Items.Count == 0 && _ifEmpty is not null)
        {
            reading.Problems.Add(node.Place, path, "The list is empty.", _ifEmpty);
            return false;
        }

        var items = new List<T>();
        for (var index = 0; index < sequence.Items.Count; index++)
        {
            var itemPath = KeyPath.Item(path, index);
            reading.Met(itemPath, sequence.Items[index].Place);
            if (_item.TryRead(sequence.Items[index], itemPath, reading, out var item))
            {
                items.Add(item);
            }
        }

        value = items;
        return items.Count == sequence.Items.Count;
    }
}
