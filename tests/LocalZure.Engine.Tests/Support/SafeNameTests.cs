using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("localzure-blob-pr42", "localzure-blob-pr42")]
    [InlineData("localzure-a.b_c", "localzure-a.b_c")]
    [InlineData("../x", "%2E.%2Fx")]
    [InlineData("..", "%2E.")]
    [InlineData(".", "%2E")]
    [InlineData("", "%")]
    [InlineData("a/b\\c", "a%2Fb%5Cc")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("a\0é", "a%00%C3%A9")]
    public void Of_AnyText_IsOneNameOfAFolder(string text, string name) => Assert.Equal(name, SafeName.Of(text));

    [Fact]
    public void Of_LongText_IsShortAndStillTellsTextsApart()
    {
        var (one, other) = (SafeName.Of(new string('a', 5000) + "1"), SafeName.Of(new string('a', 5000) + "2"));

        Assert.True(one.Length <= 160);
        Assert.NotEqual(one, other);
    }
}
