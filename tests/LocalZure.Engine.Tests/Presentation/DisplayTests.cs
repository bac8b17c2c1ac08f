using LocalZure.Engine.Presentation;

namespace LocalZure.Engine.Tests.Presentation;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(0, "0.0 ms")]
    [InlineData(4.23, "4.2 ms")]
    [InlineData(850, "850 ms")]
    [InlineData(2_940, "2.9 s")]
    [InlineData(12_900, "12 s")]
    [InlineData(185_000, "3 min 5 s")]
    [InlineData(180_000, "3 min")]
    [InlineData(7_800_000, "2 h 10 min")]
    [InlineData(273_600_000, "3 d 4 h")]
    public void Span_OfAnyLength_HasItsTwoLargestUnits(double milliseconds, string expected) =>
        Assert.Equal(expected, Display.Span(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Texts_OfNothing_AreEmpty() =>
        Assert.Equal(("", "", null), (Display.Span(null), Display.Moment(null), Display.After("ready", null)));

    [Fact]
    public void After_AStep_SaysWhen() => Assert.Equal("ready after 950 ms", Display.After("ready", 950));

    [Fact]
    public void Moment_InAnotherTimeZone_IsLocalTime()
    {
        var moment = new DateTimeOffset(2026, 8, 1, 12, 30, 15, TimeSpan.FromHours(9));
        var local = moment.ToLocalTime();

        Assert.Equal(($"{local:yyyy-MM-dd HH:mm:ss}", $"{local:HH:mm:ss}.000"), (Display.Moment(moment), Display.Clock(moment)));
    }

    [Theory]
    [InlineData("/src/shop/localzure.yml:7", "localzure.yml:7")]
    [InlineData("user file /home/ann/localzure.yml:7", "user file localzure.yml:7")]
    [InlineData(@"C:\src\localzure.yml:7", "localzure.yml:7")]
    [InlineData("environment variable LOCALZURE_MODE", "environment variable LOCALZURE_MODE")]
    public void Origin_OfASetting_HasNoFolder(string origin, string expected) =>
        Assert.Equal(expected, Display.Origin(new global::LocalZure.Configuration("mode", "docker", origin)));

    [Fact]
    public void Value_OfASetting_IsAsItIsWritten() =>
        Assert.Equal(["true", "a, b", "1.5", "x"], new object[] { true, new[] { "a", "b" }, 1.5, "x" }.Select(value => Display.Value(new global::LocalZure.Configuration("key", value, "default"))));

    [Fact]
    public void Place_OfAnError_IsFileLineAndColumn()
    {
        var error = new ConfigurationError("/src/localzure.yml", 7, 5, "mode", "wrong", "", ErrorCode.ConfigInvalid);

        Assert.Equal(("localzure.yml:7:5", "LOCALZURE_MODE"), (Display.Place(error), Display.Place(error with { Path = "LOCALZURE_MODE", Line = 0 })));
    }
}
