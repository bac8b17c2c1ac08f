using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ImagesClientTests
{
    // The status says all: what stands in the answer is not looked at.
    [Theory]
    [InlineData(200, "nonsense", true)]
    [InlineData(200, "{\"Created\":\"now\"}", true)]
    [InlineData(404, "{\"message\":\"No such image: a/b:1\"}", false)]
    public async Task Exists_Status_IsTheAnswer(int status, string body, bool expected)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(status, body));
        using var http = daemon.Client();

        Assert.Equal(expected, await ClientOf(http).ExistsAsync("a/b:1", CancellationToken.None));

        Assert.Equal("GET /images/a/b%3A1/json", Assert.Single(daemon.Requests).ToString());
    }

    [Theory]
    [InlineData(200, "nonsense", true)]
    [InlineData(200, "[null]", true)]
    [InlineData(404, "{\"message\":\"No such image: a/b:1\"}", false)]
    public async Task Remove_Status_IsTheAnswer(int status, string body, bool expected)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(status, body));
        using var http = daemon.Client();

        Assert.Equal(expected, await ClientOf(http).RemoveAsync("a/b:1", CancellationToken.None));

        Assert.Equal("DELETE /images/a/b%3A1", Assert.Single(daemon.Requests).ToString());
    }

    private static ImagesClient ClientOf(DockerHttp http) =>
        new(http, new RegistryCredentials("", TimeProvider.System));
}
