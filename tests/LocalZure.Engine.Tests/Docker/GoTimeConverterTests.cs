using System.Text;
using System.Text.Json;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Tests.Docker;

public sealed class GoTimeConverterTests
{
    [Theory]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"\"")]
    [InlineData("{ \"no\": [\"time\"] }")]
    public async Task Read_NoTimeInAnAnswerThatComesInParts_IsNull(string value)
    {
        // More than a reader takes at once comes after it: somebody's label of any length.
        var json = $$"""{ "Id": "c0ffee", "Name": "/x", "State": { "Status": "running", "FinishedAt": {{value}} }, "Config": { "Image": "x", "Labels": { "long": "{{new string('[', 200_000)}}" } } }""";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));

        var body = await JsonSerializer.DeserializeAsync(stream, DockerJsonContext.Default.ContainerInspectBody);

        Assert.Equal(("c0ffee", null, 200_000), (body!.Id, body.State!.FinishedAt, body.Config!.Labels!["long"].Length));
    }
}
