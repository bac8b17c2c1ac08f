namespace LocalZure.Engine.Graph;

/// <summary>Draws a graph as lines, what is needed below what needs it. Pure.</summary>
internal sealed class TreeRenderer
{
    private readonly IReadOnlyList<DependencyNode> _nodes;
    private readonly Func<DependencyNode, string, string> _paint;
    private readonly HashSet<DependencyNode> _drawn = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _lines = [];

    private TreeRenderer(IReadOnlyList<DependencyNode> nodes, Func<DependencyNode, string, string> paint)
    {
        _nodes = nodes;
        _paint = paint;
    }

    /// <summary>Draws it. What is below one node is drawn once; further mentions end with <c>(above)</c>.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="paint">Colours the state of a node; given the node and the text.</param>
    public static IReadOnlyList<string> Render(IReadOnlyList<DependencyNode> nodes, Func<DependencyNode, string, string> paint)
    {
        var tree = new TreeRenderer(nodes, paint);
        var roots = nodes.Where(node => node.Dependants.Count == 0).ToList();

        // In a circle nobody is first: whoever is not reached from above is drawn from where the list has it.
        foreach (var node in roots.Concat(nodes))
        {
            if (!tree._drawn.Contains(node))
            {
                tree.Draw(node, "", "");
            }
        }

        return tree._lines;
    }

    private void Draw(DependencyNode node, string before, string below)
    {
        var needed = NodeText.NeededBy(node, _nodes).ToList();
        var again = !_drawn.Add(node) && needed.Count > 0;
        _lines.Add($"{before}{node} {_paint(node, $"[{NodeText.StateOf(node)}]")}{(again ? " (above)" : "")}");
        if (again)
        {
            return;
        }

        for (var i = 0; i < needed.Count; i++)
        {
            var isLast = i == needed.Count - 1;
            Draw(needed[i], below + (isLast ? "└── " : "├── "), below + (isLast ? "    " : "│   "));
        }
    }
}
