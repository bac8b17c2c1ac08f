using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerApiVersionTests
{
    [Theory]
    [InlineData("1.41", null, null, "1.41")]
    [InlineData("1.40", null, null, "1.40")]
    [InlineData("1.52", "1.44", null, "1.47")]
    [InlineData("1.52", "1.44", "1.45", "1.45")]
    [InlineData("2.0", null, null, "1.47")]
    public void Negotiate_Versions_TakesTheHighestOfBoth(string engine, string? oldest, string? pinned, string expected) =>
        Assert.Equal(expected, DockerApiVersion.Negotiate(DockerApiVersion.Parse(engine)!.Value, DockerApiVersion.Parse(oldest), DockerApiVersion.Parse(pinned)).ToString());

    [Theory]
    [InlineData("1.39", null, null, "1.39")]
    [InlineData("1.60", "1.50", null, "1.50")]
    [InlineData("1.41", null, "1.24", "DOCKER_API_VERSION")]
    public void Negotiate_NoCommonVersion_SaysWhoIsTooOld(string engine, string? oldest, string? pinned, string expected)
    {
        var failure = Assert.Throws<LocalZureException>(() =>
            DockerApiVersion.Negotiate(DockerApiVersion.Parse(engine)!.Value, DockerApiVersion.Parse(oldest), DockerApiVersion.Parse(pinned)));

        Assert.Equal(ErrorCode.DockerApiError, failure.Code);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.x")]
    [InlineData("1.2.3")]
    [InlineData("-1.4")]
    public void Parse_SomethingElse_IsNull(string? text) => Assert.Null(DockerApiVersion.Parse(text));
}
