using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("blob", "blob", true)]
    [InlineData("BLOB", "blob", true)]
    [InlineData("blob", "blobs", false)]
    [InlineData("b.ob", "blob", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "blob", true)]
    [InlineData("b*", "blob", true)]
    [InlineData("*b", "blob", true)]
    [InlineData("B*B", "blob", true)]
    [InlineData("b*x", "blob", false)]
    [InlineData("bl?b", "blob", true)]
    [InlineData("bl?b", "blb", false)]
    [InlineData("????", "blob", true)]
    [InlineData("???", "blob", false)]
    [InlineData("[a-c]lob", "blob", true)]
    [InlineData("[a-c]lob", "dlob", false)]
    [InlineData("[bq]*", "queue", true)]
    [InlineData("[^b]*", "blob", true)]
    [InlineData("[^b]*", "queue", false)]
    [InlineData("pr[1-3]?", "pr2x", true)]
    [InlineData("pr.*", "pr.1", true)]
    [InlineData("pr.*", "prx1", false)]
    [InlineData("a+*", "aa", false)]
    [InlineData("a[", "a[", true)]
    [InlineData("a[]b", "a[]b", true)]
    [InlineData(@"[\d]*", "7", false)]
    public void Matches_Names_AsAShellDoes(string pattern, string name, bool expected) =>
        Assert.Equal(expected, new NamePattern(pattern).Matches(name));

    [Theory]
    [InlineData("blob", false)]
    [InlineData("bl*b", true)]
    [InlineData("bl?b", true)]
    [InlineData("[ab]", true)]
    public void HasWildcard_Pattern_TellsPatternsFromNames(string pattern, bool expected) =>
        Assert.Equal(expected, new NamePattern(pattern).HasWildcard);

    [Fact]
    public void New_SetThatCannotBe_IsRefusedWithThePattern()
    {
        var error = Assert.Throws<LocalZureException>(() => new NamePattern("x[z-a]"));

        Assert.Equal((ErrorCode.NameInvalid, "'x[z-a]' is not a valid wildcard pattern."), (error.Code, error.Message));
    }

    [Fact]
    public void Matches_PatternOfManyStars_AnswersAtOnce() =>
        Assert.False(new NamePattern(string.Concat(Enumerable.Repeat("*a", 40)) + "b").Matches(new string('a', 5000)));
}
