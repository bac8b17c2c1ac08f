using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalZure.Engine.Export;

/// <summary>
/// Sets texts in a JSON document with comments without touching what else stands there: order, comments, indentation and trailing
/// commas. Works on bytes, where the parser tells places.
/// </summary>
internal sealed class JsoncEditor
{
    private readonly string _name;
    private readonly string _newLine;
    private byte[] _document;

    /// <summary>Creates one.</summary>
    /// <param name="text">The document.</param>
    /// <param name="newLine">How its lines end.</param>
    /// <param name="name">How it is named in an error.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when it is malformed or no object.</exception>
    public JsoncEditor(string text, string newLine, string name)
    {
        _document = Encoding.UTF8.GetBytes(text);
        _newLine = newLine;
        _name = name;
        if (!Root.IsObject)
        {
            throw Unexpected(Root, "an object");
        }
    }

    /// <summary>What the document says now.</summary>
    public JsoncValue Root => JsoncParser.Parse(_document, _name);

    /// <summary>The document as it is now.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_document);

    /// <summary>Sets a text of the document's own.</summary>
    /// <param name="name">Its name, whose case makes no difference.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when an object or a list has that name.</exception>
    public void Set(string name, string value)
    {
        if (!Replace(root => root.Of(name), value))
        {
            Add(Root, $"{Quote(name)}: {Quote(value)}");
        }
    }

    /// <summary>Sets a text of a section, which is added when there is none.</summary>
    /// <param name="section">The section's name.</param>
    /// <param name="name">Its name in the section.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when the section is no object, or an object or a list has that name.</exception>
    public void Set(string section, string name, string value)
    {
        if (Replace(root => root.Of(section).SelectMany(one => one.Of(name)), value))
        {
            return;
        }

        if (!Root.Of(section).Any())
        {
            AddSection(section);
        }

        var last = Root.Of(section).Last();
        if (last.Kind == JsonTokenType.Null)
        {
            Splice(last.Start, last.End, "{}");
            last = Root.Of(section).Last();
        }

        Add(last.IsObject ? last : throw Unexpected(last, "an object"), $"{Quote(name)}: {Quote(value)}");
    }

    // One name may stand there several times; which of them counts is not for all readers the same.
    private bool Replace(Func<JsoncValue, IEnumerable<JsoncValue>> find, string value)
    {
        var found = find(Root).ToList();
        foreach (var old in Enumerable.Reverse(found).Where(old => old.Text != value))
        {
            Splice(old.Start, old.End, old.IsScalar ? Quote(value) : throw Unexpected(old, "a text"));
        }

        return found.Count > 0;
    }

    private void AddSection(string name) => Add(Root, $"{Quote(name)}: {{}}");

    private void Add(JsoncValue parent, string member)
    {
        var layout = new JsoncLayout(_document, Root, parent, _newLine);
        if (parent.Members.Count == 0)
        {
            Splice(layout.Content, layout.Content, layout.Before + member + layout.AfterOnly);
            return;
        }

        // From behind, so that the first place stays where it is.
        var (comma, behind) = layout.Separator;
        Splice(behind, behind, layout.Before + member + (comma is null ? "" : ","));
        if (comma is null)
        {
            Splice(parent.Members[^1].Value.End, parent.Members[^1].Value.End, ",");
        }
    }

    private void Splice(int start, int end, string text) => _document = [.. _document[..start], .. Encoding.UTF8.GetBytes(text), .. _document[end..]];

    private LocalZureException Unexpected(JsoncValue value, string wanted) =>
        new(ErrorCode.ParameterInvalid, $"{_name} has something else at {JsoncParser.PlaceOf(_document, value.Start)} where {wanted} is needed. It was left as it is.", "Correct the file, or name another.");

    // Readable: + and umlauts stay as they are. Nothing of it is meant for a web page.
    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
