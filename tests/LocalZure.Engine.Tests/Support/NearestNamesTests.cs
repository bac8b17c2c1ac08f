using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class NearestNamesTests
{
    private static readonly string[] Services = ["storage", "blob", "queue", "table", "servicebus", "sql"];

    [Theory]
    [InlineData("blop", "blob")]
    [InlineData("BLOB", "blob")]
    [InlineData("bolb", "blob")]
    [InlineData("quue", "queue")]
    [InlineData("stor", "storage")]
    [InlineData("service-buss", "servicebus")]
    [InlineData("s", "servicebus,sql,storage")]
    [InlineData("sq", "sql")]
    [InlineData("y", "")]
    [InlineData("xyz", "")]
    [InlineData("postgres", "")]
    [InlineData("kubernetes", "")]
    public void Of_MistypedName_GivesTheNearest(string name, string expected) =>
        Assert.Equal(expected, string.Join(',', NearestNames.Of(name, Services)));

    [Fact]
    public void Of_ManyAsNear_GivesThreeInOrder() => Assert.Equal(["aa", "ab", "ac"], NearestNames.Of("a", ["ad", "ac", "ab", "aa"]));
}
