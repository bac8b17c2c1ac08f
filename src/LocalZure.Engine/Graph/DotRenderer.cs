using System.Text;

namespace LocalZure.Engine.Graph;

/// <summary>Writes a graph in the language of Graphviz. Pure.</summary>
internal static class DotRenderer
{
    /// <summary>Writes it.</summary>
    public static string Render(IReadOnlyList<DependencyNode> nodes)
    {
        var text = new StringBuilder("digraph localzure {\n    rankdir=TB;\n    node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n");
        foreach (var node in nodes)
        {
            var (fill, line) = NodeText.ColoursOf(NodeText.ToneOf(node));
            text.Append($"    {Quote(node.ToString())} [label={Quote($"{node}\n{NodeText.StateOf(node)}")}, fillcolor=\"{fill}\", color=\"{line}\"];\n");
        }

        foreach (var node in nodes)
        {
            foreach (var needed in NodeText.NeededBy(node, nodes))
            {
                text.Append($"    {Quote(node.ToString())} -> {Quote(needed.ToString())};\n");
            }
        }

        return text.Append('}').ToString();
    }

    // In a quoted string of DOT only the quote has to be escaped; a backslash begins an escape of labels, such as \n for a line.
    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
