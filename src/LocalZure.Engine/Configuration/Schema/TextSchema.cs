using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A text from which a value is parsed.</summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class TextSchema<T> : Schema<T>
    where T : notnull
{
    private readonly Func<string, T> _parse;
    private readonly int _longest;

    /// <summary>Creates one.</summary>
    /// <param name="shape">What it takes, as data.</param>
    /// <param name="parse">Makes the value; throws <see cref="LocalZureException"/> with the reason when it cannot.</param>
    /// <param name="longest">How many characters it may have; more is refused without a try.</param>
    public TextSchema(SchemaShape shape, Func<string, T> parse, int longest = 512)
    {
        Shape = shape;
        _parse = parse;
        _longest = longest;
    }

    /// <inheritdoc/>
    public override SchemaShape Shape { get; }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            return Refuse(node, path, reading, $"a {Shape.Type}");
        }

        if (scalar.Text.Length > _longest)
        {
            reading.Problems.Add(node.Place, path, $"A {Shape.Type} has {_longest} characters at most, not {scalar.Text.Length}.");
            return false;
        }

        if (scalar.Text.Contains('\0', StringComparison.Ordinal))
        {
            reading.Problems.Add(node.Place, path, "The value holds a null character.", "Remove it; no program can be given one.");
            return false;
        }

        try
        {
            value = _parse(scalar.Text);
            reading.Read(path, Shown(value, scalar.Text));
            return true;
        }
        catch (LocalZureException e)
        {
            reading.Problems.Add(node.Place, path, e);
            return false;
        }
    }

    // A word or size stays as it is written.
    private static object Shown(T value, string text) => value switch
    {
        PortWish { IsExact: true } port => port.First,
        bool or int or double or TimeSpan => value,
        _ => text,
    };
}
