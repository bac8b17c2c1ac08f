namespace LocalZure.Engine.Graph;

/// <summary>
/// Puts the nodes of a graph into layers, each below everything that needs it, and orders each layer so that lines cross little:
/// by the middle of what is linked to it. A line over several layers has a place in each that it passes. Pure.
/// </summary>
internal static class LayeredLayout
{
    private const int Sweeps = 4;

    /// <summary>The layers, from what nobody needs down; every node is in one.</summary>
    public static IReadOnlyList<IReadOnlyList<LayoutSlot>> Layers(IReadOnlyList<DependencyNode> nodes)
    {
        var depth = new Dictionary<DependencyNode, int>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
        {
            DepthOf(node, nodes, depth, []);
        }

        var layers = Enumerable.Range(0, depth.Values.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<LayoutSlot>()).ToList();
        var slots = new Dictionary<DependencyNode, LayoutSlot>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
        {
            slots[node] = new LayoutSlot(node);
            layers[depth[node]].Add(slots[node]);
        }

        foreach (var node in nodes)
        {
            foreach (var needed in NodeText.NeededBy(node, nodes).Where(needed => depth[needed] > depth[node]))
            {
                Link(slots[node], slots[needed], layers.GetRange(depth[node] + 1, depth[needed] - depth[node] - 1));
            }
        }

        Order(layers);
        return layers;
    }

    private static void Link(LayoutSlot from, LayoutSlot to, List<List<LayoutSlot>> between)
    {
        foreach (var layer in between)
        {
            var passage = new LayoutSlot(null);
            layer.Add(passage);
            from.Link(passage);
            from = passage;
        }

        from.Link(to);
    }

    private static void Order(List<List<LayoutSlot>> layers)
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = 1; i < layers.Count; i++)
            {
                layers[i] = Ordered(layers[i], layers[i - 1], slot => slot.Above);
            }

            for (var i = layers.Count - 2; i >= 0; i--)
            {
                layers[i] = Ordered(layers[i], layers[i + 1], slot => slot.Below);
            }
        }
    }

    private static List<LayoutSlot> Ordered(List<LayoutSlot> layer, List<LayoutSlot> neighbours, Func<LayoutSlot, List<LayoutSlot>> linked) => layer
        .Select((slot, index) => (Slot: slot, Place: linked(slot).Select(other => (double)neighbours.IndexOf(other)).DefaultIfEmpty(index).Average()))
        .OrderBy(placed => placed.Place)
        .Select(placed => placed.Slot)
        .ToList();

    // One below the deepest of those that need it. In a circle the one that is asked for first is the top.
    private static int DepthOf(DependencyNode node, IReadOnlyList<DependencyNode> nodes, Dictionary<DependencyNode, int> depth, HashSet<string> path)
    {
        if (depth.TryGetValue(node, out var known))
        {
            return known;
        }

        if (!path.Add(node.ToString()))
        {
            return -1;
        }

        var above = nodes.Where(other => !ReferenceEquals(other, node) && IsNeededBy(node, other)).Select(other => DepthOf(other, nodes, depth, path)).DefaultIfEmpty(-1).Max();
        path.Remove(node.ToString());
        return depth[node] = above + 1;
    }

    private static bool IsNeededBy(DependencyNode node, DependencyNode other) => other.Instance == node.Instance && other.DependsOn.Contains(node.Name);
}
