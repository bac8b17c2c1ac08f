using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class DependencyGraphTests
{
    [Theory]
    [InlineData("a: b c, b: d, c: d, d:", "a", "d b c a")]
    [InlineData("a: b, b:", "b a", "b a")]
    [InlineData("a: b, b:", "a b a", "b a")]
    [InlineData("a:, b:, c:", "c a", "c a")]
    public void Resolve_Graph_PutsWhatIsNeededFirst(string graph, string wanted, string ordered) =>
        Assert.Equal(ordered.Split(' '), Resolve(graph, wanted).Select(definition => definition.Name));

    [Theory]
    [InlineData("a: a", "a", "Services need each other in a circle: a -> a.")]
    [InlineData("x: a, a: b, b: c, c: a", "x", "Services need each other in a circle: a -> b -> c -> a.")]
    public void Resolve_Circle_IsRefusedWithItsPath(string graph, string wanted, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => Resolve(graph, wanted));

        Assert.Equal((ErrorCode.DependencyCycle, message), (error.Code, error.Message));
    }

    [Fact]
    public void Resolve_NeedsWhatIsNotThere_IsRefusedWithThePath()
    {
        var error = Assert.Throws<LocalZureException>(() => Resolve("a: b, b: nope", "a"));

        Assert.Equal((ErrorCode.ServiceUnknown, "There is no service named 'nope', which b needs: a -> b -> nope."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("a: b, b: c, c:, d: c", "c", "a d", "a d")]
    [InlineData("a: b, b: c, c:, d:", "b", "a c d", "a")]
    [InlineData("a: b, b: a", "a", "a b", "b")]
    public void Dependants_Graph_AreFoundThroughOthers(string graph, string name, string among, string dependants) =>
        Assert.Equal(dependants.Split(' '), DependencyGraph.Dependants(name, among.Split(' '), Find(graph)));

    private static IReadOnlyList<ServiceDefinition> Resolve(string graph, string wanted) =>
        DependencyGraph.Resolve(wanted.Split(' ').Select(name => Find(graph)(name)!).ToList(), Find(graph));

    // a: b c, b:
    private static Func<string, ServiceDefinition?> Find(string graph)
    {
        var definitions = graph.Split(", ").Select(row => row.Split(':')).ToDictionary(
            row => row[0],
            row => TestServices.Definition(row[0]) with { DependsOn = row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries) });
        return name => definitions.GetValueOrDefault(name);
    }
}
