using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1048576", 1048576)]
    [InlineData("1b", 1)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1024)]
    [InlineData("1kb", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("512m", 512L << 20)]
    [InlineData("512 m", 512L << 20)]
    [InlineData(" 512m ", 512L << 20)]
    [InlineData("1.5GB", 3L << 29)]
    [InlineData("64MiB", 64L << 20)]
    [InlineData("2t", 2L << 40)]
    [InlineData("0.5k", 512)]
    public void Parse_UsualSpelling_IsRead(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0")]
    [InlineData("0.1b")]
    [InlineData("-1m")]
    [InlineData("1,5g")]
    [InlineData("1.g")]
    [InlineData(".5g")]
    [InlineData("1p")]
    [InlineData("1ib")]
    [InlineData("1 m b")]
    [InlineData("1e6")]
    [InlineData("0x10")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999t")]
    public void Parse_SomethingElse_IsRefusedWithTheText(string text)
    {
        var error = Assert.Throws<LocalZureException>(() => ByteSize.Parse(text));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
        Assert.Equal($"'{text}' is not a size.", error.Message);
    }
}
