using System.Xml.Linq;
using LocalZure.Engine.Graph;

namespace LocalZure.Engine.Tests.Graph;

public sealed class RendererTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly IReadOnlyList<DependencyNode> Shop =
    [
        Node("api", ServiceState.Running, ServiceHealthStatus.Unhealthy, ["blob", "servicebus"], []),
        Node("blob", ServiceState.Running, ServiceHealthStatus.Healthy, [], ["api"]),
        Node("servicebus", ServiceState.Starting, ServiceHealthStatus.Starting, ["sql"], ["api"]),
        Node("sql", ServiceState.NotCreated, ServiceHealthStatus.Stopped, [], ["servicebus", "worker"]),
        Node("worker", ServiceState.Failed, ServiceHealthStatus.Stopped, ["servicebus", "sql"], []),
    ];

    private static readonly IReadOnlyList<DependencyNode> Circle =
        [Node("a", ServiceState.Running, ServiceHealthStatus.Healthy, ["b"], ["b"]), Node("b", ServiceState.Running, ServiceHealthStatus.Healthy, ["a"], ["a"])];

    // Names of services cannot hold any of this; a renderer does not rely on it.
    private static readonly IReadOnlyList<DependencyNode> Nasty = [Node("""<"&'\>]#;é""" + "\u0001\n]", ServiceState.Running, ServiceHealthStatus.Healthy, [], [])];

    [Fact]
    public void Tree_SharedAndNested_DrawsWhatIsBelowOnce() => Assert.Equal(
        [
            "api [Running, Unhealthy]",
            "├── blob [Running, Healthy]",
            "└── servicebus [Starting]",
            "    └── sql [NotCreated]",
            "worker [Failed]",
            "├── servicebus [Starting] (above)",
            "└── sql [NotCreated]",
        ],
        TreeRenderer.Render(Shop, (_, text) => text));

    [Fact]
    public void Tree_Circle_Ends() => Assert.Equal(
        ["a [Running, Healthy]", "└── b [Running, Healthy]", "    └── a [Running, Healthy] (above)"],
        TreeRenderer.Render(Circle, (_, text) => text));

    [Fact]
    public void Tree_Colours_AreAroundTheStateAlone() =>
        Assert.Equal("blob <[Running, Healthy]>", Assert.Single(TreeRenderer.Render([Shop[1]], (_, text) => $"<{text}>")));

    [Fact]
    public void Mermaid_Shop_IsAFlowChart() => Assert.Equal(
        """
        flowchart TD
            n0["api<br/>Running, Unhealthy"]:::bad
            n1["blob<br/>Running, Healthy"]:::good
            n2["servicebus<br/>Starting"]:::between
            n3["sql<br/>NotCreated"]:::absent
            n4["worker<br/>Failed"]:::bad
            n0 --> n1
            n0 --> n2
            n2 --> n3
            n4 --> n2
            n4 --> n3
            classDef absent fill:#eaeef2,stroke:#6e7781,color:#000000
            classDef good fill:#d9f2dc,stroke:#1a7f37,color:#000000
            classDef between fill:#fff3c4,stroke:#9a6700,color:#000000
            classDef bad fill:#ffdcd7,stroke:#cf222e,color:#000000
        """,
        MermaidRenderer.Render(Shop),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void Mermaid_NastyLabel_IsEscaped() =>
        Assert.Contains("""n0["#60;#34;#38;#39;#92;#62;#93;#35;#59;é#1;#10;#93;<br/>Running, Healthy"]""", MermaidRenderer.Render(Nasty), StringComparison.Ordinal);

    [Fact]
    public void Dot_Shop_IsADirectedGraph() => Assert.Equal(
        """
        digraph localzure {
            rankdir=TB;
            node [shape=box, style="rounded,filled", fontname="sans-serif"];
            "a" [label="a\nRunning, Healthy", fillcolor="#d9f2dc", color="#1a7f37"];
            "b" [label="b\nRunning, Healthy", fillcolor="#d9f2dc", color="#1a7f37"];
            "a" -> "b";
            "b" -> "a";
        }
        """,
        DotRenderer.Render(Circle),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void Dot_NastyLabel_IsEscaped() =>
        Assert.Contains("""[label="<\"&'\\>]#;é""" + "\u0001" + """\n]\nRunning, Healthy",""", DotRenderer.Render(Nasty), StringComparison.Ordinal);

    [Fact]
    public void Svg_Shop_HasABoxPerServiceALinePerNeedAndNoOverlap()
    {
        var picture = XDocument.Parse(SvgRenderer.Render(Shop)).Root!;

        var boxes = picture.Elements(Svg + "g").Select(group => group.Element(Svg + "rect")!).ToList();
        Assert.Equal(["api", "blob", "servicebus", "sql", "worker"], picture.Elements(Svg + "g").Select(group => group.Element(Svg + "text")!.Value));
        Assert.Equal(5, picture.Elements(Svg + "path").Count());
        Assert.Empty(boxes.SelectMany((box, index) => boxes.Skip(index + 1).Where(other => Overlap(box, other))));
        Assert.All(boxes, box => Assert.True(Of(box, "x") >= 0 && Of(box, "x") + Of(box, "width") <= Of(picture, "width") && Of(box, "y") + Of(box, "height") <= Of(picture, "height")));

        // Each is below what needs it.
        var tops = picture.Elements(Svg + "g").ToDictionary(group => group.Element(Svg + "text")!.Value, group => Of(group.Element(Svg + "rect")!, "y"));
        Assert.True(tops["api"] < tops["blob"] && tops["api"] < tops["servicebus"] && tops["servicebus"] < tops["sql"] && tops["worker"] < tops["servicebus"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Svg_NastyOrNothing_IsXml(bool nasty)
    {
        var picture = XDocument.Parse(SvgRenderer.Render(nasty ? Nasty : [])).Root!;

        Assert.Equal(nasty ? ["""<"&'\>]#;é""" + "\n]"] : [], picture.Elements(Svg + "g").Select(group => group.Element(Svg + "text")!.Value));
    }

    [Fact]
    public void Svg_Circle_Ends() => Assert.Equal(2, XDocument.Parse(SvgRenderer.Render(Circle)).Root!.Elements(Svg + "path").Count());

    private static bool Overlap(XElement one, XElement other) =>
        Of(one, "x") < Of(other, "x") + Of(other, "width") && Of(other, "x") < Of(one, "x") + Of(one, "width")
        && Of(one, "y") < Of(other, "y") + Of(other, "height") && Of(other, "y") < Of(one, "y") + Of(one, "height");

    private static double Of(XElement element, string name) => (double)element.Attribute(name)!;

    private static DependencyNode Node(string name, ServiceState state, ServiceHealthStatus health, IReadOnlyList<string> needs, IReadOnlyList<string> neededBy) =>
        new() { Name = name, State = state, Health = health, DependsOn = needs, Dependants = neededBy };
}
