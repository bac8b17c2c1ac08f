using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Tests.Ports;

public sealed class PortRangeTests
{
    [Theory]
    [InlineData(null, 30000, 40000, 10001)]
    [InlineData("1-65535", 1, 65535, 65535)]
    [InlineData("5000-5000", 5000, 5000, 1)]
    [InlineData("20000-20010", 20000, 20010, 11)]
    public void Parse_Range_IsRead(string? text, int first, int last, int count)
    {
        var range = PortRange.Parse(text);

        Assert.Equal((new PortRange(first, last), count), (range, range.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30000")]
    [InlineData("30000-")]
    [InlineData("-30000")]
    [InlineData("30000-40000-50000")]
    [InlineData("40000-30000")]
    [InlineData("0-10")]
    [InlineData("1-65536")]
    [InlineData("1-99999999999")]
    [InlineData("a-b")]
    [InlineData("30000 - 40000")]
    [InlineData("+1-5")]
    public void Parse_SomethingElse_IsRefusedWithTheText(string text)
    {
        var error = Assert.Throws<LocalZureException>(() => PortRange.Parse(text));

        Assert.Equal((ErrorCode.PortInvalid, $"LOCALZURE_PORT_RANGE is '{text}', which is not a range of ports."), (error.Code, error.Message));
    }
}
