using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace LocalZure.Engine.Graph;

/// <summary>Draws a graph as a picture of its own size, without scripts, fonts or anything else from elsewhere. Pure.</summary>
internal static class SvgRenderer
{
    private const double Margin = 16;
    private const double Height = 44;
    private const double BetweenLayers = 56;
    private const double BetweenNodes = 24;

    // A generous mean of sans-serif at 13 px, since nobody here can measure text.
    private const double CharacterWidth = 7.8;
    private const double Padding = 28;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws it.</summary>
    public static string Render(IReadOnlyList<DependencyNode> nodes)
    {
        var layers = LayeredLayout.Layers(nodes);
        var places = Place(layers, out var width, out var height);
        var slots = layers.SelectMany(layer => layer).Where(slot => slot.Node is not null).ToList();
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("role", "img"),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", "13"),
            new XElement(Svg + "title", "Services and what they need"),
            Arrow(),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
            slots.SelectMany(slot => slot.Below.Select(below => Line(Way(slot, below).Select(passed => places[passed]).ToList()))),
            Upward(nodes, slots).Select(pair => Line([places[pair.From], places[pair.To]])),
            nodes.Select(node => Box(node, places[slots.Single(slot => ReferenceEquals(slot.Node, node))])));
        return picture.ToString();
    }

    // From a service through the places of the line to the service at its end.
    private static IEnumerable<LayoutSlot> Way(LayoutSlot from, LayoutSlot next)
    {
        yield return from;
        for (; next.Node is null; next = next.Below[0])
        {
            yield return next;
        }

        yield return next;
    }

    // In a circle somebody needs what is above: the layers have no line for that.
    private static IEnumerable<(LayoutSlot From, LayoutSlot To)> Upward(IReadOnlyList<DependencyNode> nodes, List<LayoutSlot> slots) =>
        from slot in slots
        from needed in NodeText.NeededBy(slot.Node!, nodes)
        where !slot.Below.Any(below => ReferenceEquals(Way(slot, below).Last().Node, needed))
        select (slot, slots.Single(other => ReferenceEquals(other.Node, needed)));

    private static Dictionary<LayoutSlot, Box> Place(IReadOnlyList<IReadOnlyList<LayoutSlot>> layers, out double width, out double height)
    {
        var widths = layers.Select(layer => layer.Sum(WidthOf) + (BetweenNodes * (layer.Count - 1))).ToList();
        var inside = widths.DefaultIfEmpty(0).Max();
        var places = new Dictionary<LayoutSlot, Box>();
        for (var i = 0; i < layers.Count; i++)
        {
            var left = Margin + ((inside - widths[i]) / 2);
            foreach (var slot in layers[i])
            {
                places[slot] = new Box(left, Margin + (i * (Height + BetweenLayers)), WidthOf(slot), Height);
                left += WidthOf(slot) + BetweenNodes;
            }
        }

        width = inside + (2 * Margin);
        height = (2 * Margin) + (layers.Count * Height) + (Math.Max(0, layers.Count - 1) * BetweenLayers);
        return places;
    }

    private static double WidthOf(LayoutSlot slot) => slot.Node is { } node ? WidthOf(node) : 0;

    private static double WidthOf(DependencyNode node) => Math.Max(90, (Math.Max(node.ToString().Length, NodeText.StateOf(node).Length) * CharacterWidth) + Padding);

    private static XElement Arrow() => new(
        Svg + "defs",
        new XElement(
            Svg + "marker",
            new XAttribute("id", "arrow"),
            new XAttribute("viewBox", "0 0 10 10"),
            new XAttribute("refX", "9"),
            new XAttribute("refY", "5"),
            new XAttribute("markerWidth", "7"),
            new XAttribute("markerHeight", "7"),
            new XAttribute("orient", "auto-start-reverse"),
            new XElement(Svg + "path", new XAttribute("d", "M0 0 L10 5 L0 10 z"), new XAttribute("fill", "#57606a"))));

    // Down from what needs to what is needed, straight past the layers between. A line that goes up, in a circle, leaves and
    // arrives at the same sides.
    private static XElement Line(List<Box> way)
    {
        var path = new StringBuilder($"M{Point(way[0].Middle, way[0].Bottom)}");
        for (var i = 1; i < way.Count; i++)
        {
            var (from, to) = (way[i - 1], way[i]);
            var bend = Math.Max(24, Math.Abs(to.Top - from.Bottom) / 2);
            path.Append($" C{Point(from.Middle, from.Bottom + bend)} {Point(to.Middle, to.Top - bend)} {Point(to.Middle, to.Top)}");
            path.Append(i < way.Count - 1 ? $" L{Point(to.Middle, to.Bottom)}" : "");
        }

        return new XElement(
            Svg + "path",
            new XAttribute("d", path.ToString()),
            new XAttribute("fill", "none"),
            new XAttribute("stroke", "#57606a"),
            new XAttribute("stroke-width", "1.5"),
            new XAttribute("marker-end", "url(#arrow)"));
    }

    private static string Point(double x, double y) => $"{Number(x)} {Number(y)}";

    private static XElement Box(DependencyNode node, Box place)
    {
        var (fill, line) = NodeText.ColoursOf(NodeText.ToneOf(node));
        return new XElement(
            Svg + "g",
            new XElement(
                Svg + "rect",
                new XAttribute("x", Number(place.Left)),
                new XAttribute("y", Number(place.Top)),
                new XAttribute("width", Number(place.Width)),
                new XAttribute("height", Number(place.Height)),
                new XAttribute("rx", "6"),
                new XAttribute("fill", fill),
                new XAttribute("stroke", line),
                new XAttribute("stroke-width", "1.5")),
            Text(node.ToString(), place, 18, new XAttribute("font-weight", "bold")),
            Text(NodeText.StateOf(node), place, 35, new XAttribute("fill", "#424a53")));
    }

    private static XElement Text(string text, Box place, double down, XAttribute style) => new(
        Svg + "text",
        new XAttribute("x", Number(place.Middle)),
        new XAttribute("y", Number(place.Top + down)),
        new XAttribute("text-anchor", "middle"),
        style,
        Allowed(text));

    // XML has no place for control characters, not even escaped.
    private static string Allowed(string text) => new(text.Where(System.Xml.XmlConvert.IsXmlChar).ToArray());

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
