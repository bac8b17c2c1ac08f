using System.Text.Json;

namespace LocalZure.Engine.Export;

/// <summary>A value and where it stands in the bytes of a document.</summary>
/// <param name="Kind">The token it begins with.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
/// <param name="Text">The content of a string; null for anything else.</param>
/// <param name="Members">What an object holds; empty for anything else.</param>
internal sealed record JsoncValue(JsonTokenType Kind, int Start, int End, string? Text, IReadOnlyList<JsoncMember> Members)
{
    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>Whether it is neither an object nor a list.</summary>
    public bool IsScalar => Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray);

    /// <summary>The values of a name, whatever its case: configurations make no difference.</summary>
    public IEnumerable<JsoncValue> Of(string name) =>
        Members.Where(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)).Select(member => member.Value);
}
