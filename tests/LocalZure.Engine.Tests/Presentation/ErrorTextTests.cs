using LocalZure.Engine.Presentation;

namespace LocalZure.Engine.Tests.Presentation;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007after", "after")]
    [InlineData("a\0b\bc\u001bcd", "abcd")]
    [InlineData("col\tumn\nline", "col\tumn\nline")]
    [InlineData("täglich ▁▂▃", "täglich ▁▂▃")]
    public void Visible_CommandsOfATerminal_AreLeftOut(string text, string expected) => Assert.Equal(expected, ErrorText.Visible(text));

    [Fact]
    public void Of_EvidenceOfAService_HasNoCommandsOfATerminal() =>
        Assert.Equal("It ended.\n  | red", ErrorText.Of(new LocalZureException(ErrorCode.ContainerExited, "It ended.") { Evidence = ["\u001b[31mred\u001b[0m\u0007"] }));
}
