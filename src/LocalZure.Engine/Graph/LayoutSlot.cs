namespace LocalZure.Engine.Graph;

/// <summary>A place in a layer of a picture: a service's, or one that a long line passes through.</summary>
internal sealed class LayoutSlot
{
    /// <summary>Creates one.</summary>
    /// <param name="node">The service; null for a line's.</param>
    public LayoutSlot(DependencyNode? node) => Node = node;

    /// <summary>The service; null for a line's.</summary>
    public DependencyNode? Node { get; }

    /// <summary>What is linked to it in the layer below.</summary>
    public List<LayoutSlot> Below { get; } = [];

    /// <summary>What is linked to it in the layer above.</summary>
    public List<LayoutSlot> Above { get; } = [];

    /// <summary>Links it to one of the layer below.</summary>
    public void Link(LayoutSlot below)
    {
        Below.Add(below);
        below.Above.Add(this);
    }
}
