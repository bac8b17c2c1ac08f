using LocalZure.Engine.Presentation;

namespace LocalZure.Engine.Tests.Presentation;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("plain\ttext", "plain\ttext")]
    [InlineData("\u001b[1;32mok\u001b[0m", "\u001b[1;32mok\u001b[0m")]
    [InlineData("\u001b[31mred", "\u001b[31mred\u001b[0m")]
    [InlineData("\u001b[2J\u001b[31mred\u001b]0;t\u0007", "␛[2J\u001b[31mred␛]0;t␇\u001b[0m")]
    [InlineData("\u001b[31\u001b[32mx", "␛[31\u001b[32mx\u001b[0m")]
    public void Line_OfALog_KeepsColoursAndNothingElse(string text, string expected) =>
        Assert.Equal(expected, Display.Line(new LogEntry(default, "web", null, "localzure-web", "stdout", text)));
}
