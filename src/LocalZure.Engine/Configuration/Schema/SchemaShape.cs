namespace LocalZure.Engine.Configuration.Schema;

/// <summary>What a schema takes, as data: the JSON schema and the reference page are made of it.</summary>
/// <param name="Type">In words, for example <c>duration</c> or <c>list of names</c>.</param>
internal sealed record SchemaShape(string Type)
{
    /// <summary>The kinds of JSON values: <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>, <c>null</c>, <c>array</c>, <c>object</c>.</summary>
    public IReadOnlyList<string> JsonTypes { get; init; } = [];

    /// <summary>The only texts that are taken; empty when it is not an enumeration.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A regular expression that a text must match; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>What the items of a list are; null for other things.</summary>
    public SchemaShape? Items { get; init; }

    /// <summary>What the values of a table with names of the user's own are; null for other things.</summary>
    public SchemaShape? Values { get; init; }

    /// <summary>The keys of a table; null for other things.</summary>
    public IReadOnlyList<SchemaKeyShape>? Keys { get; init; }

    /// <summary>Whether a table may have keys that begin with <c>x-</c>, which mean nothing.</summary>
    public bool TakesExtensions { get; init; }

    /// <summary>The forms of which one is taken; empty when there is one form.</summary>
    public IReadOnlyList<SchemaShape> Forms { get; init; } = [];
}
