using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>Makes something else of what another schema reads.</summary>
/// <typeparam name="TFrom">What the other reads.</typeparam>
/// <typeparam name="T">What it becomes.</typeparam>
internal sealed class ConvertSchema<TFrom, T> : Schema<T>
    where T : notnull
{
    private readonly Schema<TFrom> _from;
    private readonly Func<TFrom, T> _convert;

    /// <summary>Creates one.</summary>
    /// <param name="from">What reads the node.</param>
    /// <param name="convert">Converts; throws <see cref="LocalZureException"/> with the reason when it cannot.</param>
    public ConvertSchema(Schema<TFrom> from, Func<TFrom, T> convert)
    {
        _from = from;
        _convert = convert;
    }

    /// <inheritdoc/>
    public override SchemaShape Shape => _from.Shape;

    /// <inheritdoc/>
    public override bool TakesNull => _from.TakesNull;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, string path, SchemaReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        var before = reading.Problems.Count;

        // What has a flaw within is not judged as a whole: it may lack just that part.
        if (!_from.TryRead(node, path, reading, out var from) || reading.Problems.Count > before)
        {
            return false;
        }

        try
        {
            value = _convert(from);
            return true;
        }
        catch (LocalZureException e)
        {
            reading.Problems.Add(node.Place, path, e);
            return false;
        }
    }
}
