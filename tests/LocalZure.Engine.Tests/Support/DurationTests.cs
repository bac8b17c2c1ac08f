using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData(" 30s ", 30_000)]
    [InlineData("10m", 600_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1H30M", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("1m0.25s", 60_250)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("7", 7_000)]
    [InlineData("2.5", 2_500)]
    [InlineData("00:01:00", 60_000)]
    [InlineData("01:30", 5_400_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("3650d", 315_360_000_000)]
    public void Parse_UsualSpelling_IsRead(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("s")]
    [InlineData("ten seconds")]
    [InlineData("-5s")]
    [InlineData("-5")]
    [InlineData("-00:01:00")]
    [InlineData("+5s")]
    [InlineData("5 s")]
    [InlineData("5x")]
    [InlineData("1.5.2s")]
    [InlineData("1,5s")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("99999999999:00:00")]
    [InlineData("٥s")]
    public void Parse_SomethingElse_IsRefusedWithTheText(string text)
    {
        var error = Assert.Throws<LocalZureException>(() => Duration.Parse(text));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
        Assert.Equal($"'{text}' is not a duration.", error.Message);
    }

    [Theory]
    [InlineData("3651d")]
    [InlineData("99999999999")]
    [InlineData("99999999999999999999999999999999d")]
    public void Parse_MoreThanTenYears_IsRefusedAsTooLong(string text)
    {
        var error = Assert.Throws<LocalZureException>(() => Duration.Parse(text));

        Assert.Equal(
            (ErrorCode.ParameterInvalid, $"'{text}' is too long a duration.", "Use 3650 days at most."),
            (error.Code, error.Message, error.Remedy));
    }
}
