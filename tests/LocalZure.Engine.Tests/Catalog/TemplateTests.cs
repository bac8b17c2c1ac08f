using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Tests.Catalog;

public sealed class TemplateTests
{
    private static readonly Template Example = new("127.0.0.1", new Dictionary<string, int> { ["blob"] = 10000, ["ui-2"] = 8080 }, new Dictionary<string, string> { ["data"] = "/d" });

    [Theory]
    [InlineData("", "")]
    [InlineData("nothing to fill", "nothing to fill")]
    [InlineData("http://{address}:{port.blob}/x", "http://127.0.0.1:10000/x")]
    [InlineData("{port.blob}{port.blob}", "1000010000")]
    [InlineData("{port.ui-2}", "8080")]
    [InlineData("--location {volume.data}", "--location /d")]
    [InlineData("{ \"json\": \"{address}\" }", "{ \"json\": \"127.0.0.1\" }")]
    [InlineData("{other} {Port.blob}", "{other} {Port.blob}")]
    public void Fill_Text_PlaceholdersAndNothingElseAreReplaced(string text, string expected) => Assert.Equal(expected, Example.Fill(text));

    [Theory]
    [InlineData("{port.queue}")]
    [InlineData("{volume.logs}")]
    public void Fill_UnknownName_Throws(string text) => Assert.Throws<KeyNotFoundException>(() => Example.Fill(text));

    [Theory]
    [InlineData("{address}:{port.blob}", true)]
    [InlineData("{address}:{port.queue}", false)]
    [InlineData("{port.blob}{port.queue}", false)]
    [InlineData("no placeholder", true)]
    public void CanFill_Text_TellsWhetherEveryPortIsKnown(string text, bool expected) => Assert.Equal(expected, Example.CanFill(text));
}
