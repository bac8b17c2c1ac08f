using System.Text;

namespace LocalZure.Engine.Graph;

/// <summary>Writes a graph as a flow chart of Mermaid. Pure.</summary>
internal static class MermaidRenderer
{
    /// <summary>Writes it.</summary>
    public static string Render(IReadOnlyList<DependencyNode> nodes)
    {
        var text = new StringBuilder("flowchart TD\n");
        var names = new Dictionary<DependencyNode, string>(nodes.Select((node, index) => KeyValuePair.Create(node, $"n{index}")), ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
        {
            text.Append($"    {names[node]}[\"{Escape(node.ToString())}<br/>{Escape(NodeText.StateOf(node))}\"]:::{NodeText.ToneOf(node).ToString().ToLowerInvariant()}\n");
        }

        foreach (var node in nodes)
        {
            foreach (var needed in NodeText.NeededBy(node, nodes))
            {
                text.Append($"    {names[node]} --> {names[needed]}\n");
            }
        }

        foreach (var tone in nodes.Select(NodeText.ToneOf).Distinct().Order())
        {
            var (fill, line) = NodeText.ColoursOf(tone);
            text.Append($"    classDef {tone.ToString().ToLowerInvariant()} fill:{fill},stroke:{line},color:#000000\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    // Mermaid has entity codes instead of escapes: #quot; and, for any character, #35; (its number).
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isPlain = System.Text.Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or '.' or ',' or '(' or ')';
            escaped.Append(isPlain ? rune.ToString() : $"#{rune.Value};");
        }

        return escaped.ToString();
    }
}
