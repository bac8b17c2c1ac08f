using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Requests;

public sealed class PortWishTests
{
    [Theory]
    [InlineData("auto", 0, 0, "auto")]
    [InlineData("AUTO", 0, 0, "auto")]
    [InlineData("0", 0, 0, "auto")]
    [InlineData("10000", 10000, 10000, "10000")]
    [InlineData("30000-30100", 30000, 30100, "30000-30100")]
    [InlineData("5000-5000", 5000, 5000, "5000")]
    public void Parse_Port_IsTheWish(string text, int first, int last, string shown)
    {
        var wish = PortWish.Parse(text);

        Assert.Equal(new PortWish(first, last), wish);
        Assert.Equal(shown, wish.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("0-10")]
    [InlineData("10-5")]
    [InlineData("10-5-7")]
    [InlineData("10..20")]
    [InlineData("http")]
    public void Parse_SomethingElse_IsInvalid(string text)
    {
        var error = Assert.Throws<LocalZureException>(() => PortWish.Parse(text));

        Assert.Equal((ErrorCode.PortInvalid, $"'{text}' is not a port.", "Use a port from 1 to 65535 (10000), a range of ports (30000-30100) or auto."), (error.Code, error.Message, error.Remedy));
    }
}
