using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>
/// Reads a document from the events of YamlDotNet's parser, the only place that knows it. Bounded whatever the text is; flaws
/// that leave the rest readable are noted and passed over.
/// </summary>
internal sealed class YamlDocumentReader
{
    private const string MergeKey = "<<";
    private const string CoreTags = "tag:yaml.org,2002:";

    private readonly Parser _parser;
    private readonly Source _source;
    private readonly Problems _problems;

    // Null for an anchor whose node is still being read.
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);

    // The keys and positions that lead to what is being read.
    private readonly Stack<object> _path = new();

    // Where the parser has come so far.
    private Mark _reached = Mark.Empty;

    private int _nodes;
    private int _characters;

    private YamlDocumentReader(string text, Source source, Problems problems)
    {
        _parser = new Parser(new StringReader(text));
        _source = source;
        _problems = problems;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The file that it is from.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The document's node; null when it is empty, or when nothing can be made of it, which is then among the problems.</returns>
    public static YamlNode? Read(string text, Source source, Problems problems)
    {
        try
        {
            return new YamlDocumentReader(text, source, problems).ReadStream();
        }
        catch (YamlException e)
        {
            problems.Add(Within(text, IsAboutTab(e) ? FirstTab(text, source) : PlaceOf(source, e.Start)), "", $"This is not YAML: {Sentence(e.Message)}", "Check indentation, quotes and brackets here and on the line before.");
            return null;
        }
        catch (YamlRefusedException e)
        {
            problems.Add(Within(text, e.Place), "", e.Message, e.Suggestion);
            return null;
        }
    }

    private YamlNode? ReadStream()
    {
        Take<StreamStart>();
        if (TryTake<StreamEnd>(out _))
        {
            return null;
        }

        Take<DocumentStart>();
        var root = ReadNode(0);
        Take<DocumentEnd>();
        return !TryTake<StreamEnd>(out _) && TryTake<DocumentStart>(out var second)
            ? throw new YamlRefusedException(PlaceOf(second), "A second document begins here.", "Keep one document in the file: remove the line '---'.")
            : root is YamlScalar { IsNull: true } ? null : root;
    }

    private YamlNode ReadNode(int depth)
    {
        var next = Take<ParsingEvent>();
        var place = PlaceOf(next);
        Count(1, (next as Scalar)?.Value.Length ?? 0, place);
        CheckDepth(depth, place);
        return next switch
        {
            Scalar scalar => ReadScalar(scalar, place),
            AnchorAlias alias => ReadAlias(alias, depth, place),
            SequenceStart start => Anchored(start, place, () => ReadSequence(place, depth)),
            MappingStart start => Anchored(start, place, () => ReadMapping(place, depth)),
            _ => throw new YamlRefusedException(place, "A value is missing here.", ""),
        };
    }

    private YamlScalar ReadScalar(Scalar scalar, Place place)
    {
        if (scalar.Value.Length > YamlLimits.Value)
        {
            throw new YamlRefusedException(place, $"This value is longer than {YamlLimits.Value} characters.", "Keep long texts in files of their own.");
        }

        CheckTag(scalar, place);
        var node = new YamlScalar(place, scalar.Value, scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value != CoreTags + "null"));
        if (!scalar.Anchor.IsEmpty)
        {
            _anchors[scalar.Anchor.Value] = node;
        }

        return node;
    }

    private YamlNode ReadAlias(AnchorAlias alias, int depth, Place place)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
        {
            throw new YamlRefusedException(place, $"The alias *{name} has no anchor &{name} before it.", "");
        }

        if (node is null)
        {
            throw new YamlRefusedException(place, $"The alias *{name} lies within its own anchor.", "");
        }

        CheckDepth(depth + node.Height, place);
        Count(node.Size, node.Characters, place);
        return node;
    }

    private YamlNode Anchored(NodeEvent start, Place place, Func<YamlNode> read)
    {
        CheckTag(start, place);
        if (start.Anchor.IsEmpty)
        {
            return read();
        }

        _anchors[start.Anchor.Value] = null;
        var node = read();
        _anchors[start.Anchor.Value] = node;
        return node;
    }

    private YamlSequence ReadSequence(Place place, int depth)
    {
        var items = new List<YamlNode>();
        while (!TryTake<SequenceEnd>(out _))
        {
            items.Add(Within(items.Count, () => ReadNode(depth + 1)));
        }

        return new YamlSequence(place, items);
    }

    private YamlMapping ReadMapping(Place place, int depth)
    {
        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        var merged = new List<YamlNode>();
        while (!TryTake<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = Within((key as YamlScalar)?.Text ?? "", () => ReadNode(depth + 1));
            if (key is not YamlScalar { Text: var name })
            {
                _problems.Add(key.Place, Path(), $"A key must be a word, not {key.Kind}.");
            }
            else if (name == MergeKey)
            {
                merged.AddRange(value is YamlSequence list ? list.Items : [value]);
            }
            else if (name.Length > YamlLimits.Key)
            {
                _problems.Add(key.Place, Path(), $"This key is longer than {YamlLimits.Key} characters.");
            }
            else if (!entries.TryAdd(name, new YamlEntry(name, key.Place, value)))
            {
                _problems.Add(key.Place, KeyPath.Child(Path(), name), $"'{name}' is there already, on line {entries[name].Place.Line}.", "Remove one of the two.");
            }
        }

        merged.ForEach(node => Merge(node, entries));
        return new YamlMapping(place, [.. entries.Values]);
    }

    // <<: *common takes over what the table itself does not say.
    private void Merge(YamlNode node, Dictionary<string, YamlEntry> entries)
    {
        if (node is not YamlMapping mapping)
        {
            _problems.Add(node.Place, KeyPath.Child(Path(), MergeKey), $"'{MergeKey}' takes tables over, not {node.Kind}.");
            return;
        }

        foreach (var entry in mapping.Entries)
        {
            entries.TryAdd(entry.Key, entry);
        }
    }

    private T Take<T>()
        where T : ParsingEvent => TryTake<T>(out var item) ? item : throw new YamlRefusedException(PlaceOf(_reached), "This is not YAML: something else was expected here.", "Check indentation, quotes and brackets here and on the line before.");

    // On some texts the parser fails with an error of its own state instead of one of the text, for example on "[ {<<: *a\n b: c".
    private bool TryTake<T>([NotNullWhen(true)] out T? item)
        where T : ParsingEvent
    {
        try
        {
            item = _parser.TryConsume<T>(out var taken) ? taken : null;
            _reached = item?.End ?? _parser.Current?.Start ?? _reached;
            return item is not null;
        }
        catch (Exception e) when (e is not (YamlException or OutOfMemoryException))
        {
            throw new YamlRefusedException(PlaceOf(_reached), "This is not YAML: the parser stopped after this place.", "Check indentation, quotes and brackets here and on the next lines.", e);
        }
    }

    private YamlNode Within(object step, Func<YamlNode> read)
    {
        _path.Push(step);
        var node = read();
        _path.Pop();
        return node;
    }

    private string Path() => _path.Reverse().Aggregate("", (path, step) => step is int index ? KeyPath.Item(path, index) : KeyPath.Child(path, (string)step));

    private void CheckTag(NodeEvent node, Place place)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !node.Tag.Value.StartsWith(CoreTags, StringComparison.Ordinal))
        {
            _problems.Add(place, Path(), $"The tag {node.Tag.Value} means nothing here.", "Remove it.");
        }
    }

    // Neither sum overflows: both grow by less than what a file may hold.
    private void Count(int nodes, int characters, Place place)
    {
        _nodes += nodes;
        _characters += characters;
        if (_nodes > YamlLimits.Nodes || _characters > YamlLimits.Characters)
        {
            throw new YamlRefusedException(place, $"The file has more than {YamlLimits.Nodes} values or {YamlLimits.Characters >> 20} Mi characters, those behind aliases included.", "Use fewer aliases of aliases.");
        }
    }

    private static void CheckDepth(int depth, Place place)
    {
        if (depth > YamlLimits.Depth)
        {
            throw new YamlRefusedException(place, $"Lists and tables lie within each other more than {YamlLimits.Depth} levels deep.", "Close what was opened before.");
        }
    }

    private Place PlaceOf(ParsingEvent item) => PlaceOf(item.Start);

    private Place PlaceOf(Mark mark) => PlaceOf(_source, mark);

    private static Place PlaceOf(Source source, Mark mark) => new(source, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    // What that error names is the beginning of the table that the tab is in.
    private static bool IsAboutTab(YamlException e) => e.Message.Contains("tab as indentation", StringComparison.Ordinal);

    private static Place FirstTab(string text, Source source)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var line = Array.FindIndex(lines, candidate => candidate.TrimStart(' ').StartsWith('\t'));
        return line < 0 ? new Place(source, 1, 1) : new Place(source, line + 1, lines[line].IndexOf('\t', StringComparison.Ordinal) + 1);
    }

    // What is missing at the end of a text is missed on a line that it does not have.
    private static Place Within(string text, Place place)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return place.Line <= lines.Length ? place : place with { Line = lines.Length, Column = lines[^1].Length + 1 };
    }

    private static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}
