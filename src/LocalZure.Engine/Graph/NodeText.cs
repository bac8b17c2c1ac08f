namespace LocalZure.Engine.Graph;

/// <summary>What the pictures of a graph say of a service.</summary>
internal static class NodeText
{
    /// <summary>Its state, with its health where that says more: <c>Running, Healthy</c>, <c>Stopped</c>, <c>NotCreated</c>.</summary>
    public static string StateOf(DependencyNode node) =>
        node.State is ServiceState.Running or ServiceState.Starting && node.Health.ToString() != node.State.ToString() ? $"{node.State}, {node.Health}" : node.State.ToString();

    /// <summary>The class that it is coloured by.</summary>
    public static NodeTone ToneOf(DependencyNode node) => node switch
    {
        { State: ServiceState.Failed } or { Health: ServiceHealthStatus.Unhealthy } => NodeTone.Bad,
        { State: ServiceState.Running, Health: ServiceHealthStatus.Healthy } => NodeTone.Good,
        { State: ServiceState.NotCreated or ServiceState.Stopped } => NodeTone.Absent,
        _ => NodeTone.Between,
    };

    /// <summary>The colours of a tone as Red Green Blue: of the inside and of the border. Black text can be read on each inside.</summary>
    public static (string Fill, string Line) ColoursOf(NodeTone tone) => tone switch
    {
        NodeTone.Good => ("#d9f2dc", "#1a7f37"),
        NodeTone.Bad => ("#ffdcd7", "#cf222e"),
        NodeTone.Between => ("#fff3c4", "#9a6700"),
        _ => ("#eaeef2", "#6e7781"),
    };

    /// <summary>The nodes that a node needs, as far as they are in the graph.</summary>
    public static IEnumerable<DependencyNode> NeededBy(DependencyNode node, IReadOnlyList<DependencyNode> nodes) =>
        node.DependsOn.Select(name => nodes.FirstOrDefault(other => other.Name == name && other.Instance == node.Instance)).OfType<DependencyNode>();
}
