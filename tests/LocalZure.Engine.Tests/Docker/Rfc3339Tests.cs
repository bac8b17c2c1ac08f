using System.Text;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Tests.Docker;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-21T03:11:22Z", "2026-11-21T03:11:22.0000000+00:00", 20)]
    [InlineData("2026-11-21T03:11:22.1Z rest", "2026-11-21T03:11:22.1000000+00:00", 22)]
    [InlineData("2026-11-21T03:11:22.123456789Z", "2026-11-21T03:11:22.1234567+00:00", 30)]
    [InlineData("2026-11-21T03:11:22.000000001+02:00", "2026-11-21T03:11:22.0000000+02:00", 35)]
    [InlineData("2024-02-29T23:59:60-07:30x", "2024-03-01T00:00:00.0000000-07:30", 25)]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00", 20)]
    public void TryParse_Time_GivesItAndItsLength(string text, string expected, int expectedLength)
    {
        Assert.True(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var time, out var length));

        Assert.Equal((expected, expectedLength), (time.ToString("o"), length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-21T03:11:22")]
    [InlineData("2026-11-21 03:11:22Z")]
    [InlineData("2026-02-30T03:11:22Z")]
    [InlineData("2026-13-01T03:11:22Z")]
    [InlineData("2026-11-21T24:11:22Z")]
    [InlineData("2026-11-21T03:11:22+15:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2o26-11-21T03:11:22Z")]
    public void TryParse_SomethingElse_IsRefused(string text) =>
        Assert.False(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
}
