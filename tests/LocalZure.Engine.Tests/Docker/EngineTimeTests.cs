using LocalZure.Engine.Docker;

namespace LocalZure.Engine.Tests.Docker;

public sealed class EngineTimeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("yesterday")]
    public void Of_NoTime_IsNull(string? text) => Assert.Null(EngineTime.Of(text));

    [Fact]
    public void Of_Time_IsThatMoment()
    {
        var moment = new DateTimeOffset(2026, 11, 21, 3, 11, 22, TimeSpan.Zero).AddTicks(1234567);

        Assert.Equal(moment, EngineTime.Of("2026-11-21T05:11:22.123456789+02:00"));
        Assert.Equal(moment, EngineTime.Of(moment.UtcDateTime));
        Assert.Equal(moment, EngineTime.Of(moment.LocalDateTime));
        Assert.Null(EngineTime.Of(default(DateTime)));
    }
}
