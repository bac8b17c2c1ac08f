using LocalZure.Engine.Presentation;

namespace LocalZure.Engine.Tests.Presentation;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007after", "␛]0;title␇after")]
    [InlineData("a\0b\bc\u001bcd\u007f", "a␀b␈c␛cd␡")]
    [InlineData("\u009b2Ja\u202eb\u2066c", "<U+009B>2Ja<U+202E>b<U+2066>c")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo␍three")]
    [InlineData("col\tumn\nline", "col\tumn\nline")]
    [InlineData("täglich ▁▂▃", "täglich ▁▂▃")]
    public void Visible_CommandsOfATerminal_AreShown(string text, string expected) => Assert.Equal(expected, ErrorText.Visible(text));

    [Fact]
    public void Of_EvidenceOfAService_HasNoCommandsOfATerminal() =>
        Assert.Equal("It ␛[2Jended.\n  | red␇", ErrorText.Of(new LocalZureException(ErrorCode.ContainerExited, "It \u001b[2Jended.") { Evidence = ["\u001b[31mred\u001b[0m\u0007"] }));

    [Fact]
    public void Messages_OfFailures_AreMadeVisibleThemselves() =>
        Assert.Equal(("a␛b", "c␛d"), (new LocalZureException(ErrorCode.ContainerExited, "a\u001bb", "c\u001bd").Message, new LocalZureException(ErrorCode.ContainerExited, "a", "c\u001bd").Remedy));
}
