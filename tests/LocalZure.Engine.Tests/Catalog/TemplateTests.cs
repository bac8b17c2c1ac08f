using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Tests.Catalog;

public sealed class TemplateTests
{
    private static readonly Template Example = new("127.0.0.1", new Dictionary<string, int> { ["blob"] = 10000, ["ui-2"] = 8080 }, new Dictionary<string, string> { ["data"] = "/d" }, new Dictionary<string, string>
    {
        ["secret.password"] = "p4ss",
        ["secret.sql.password"] = "s3cr3t",
        ["service.sql"] = "sql",
        ["service.sql.tds"] = "1433",
        ["service.my.own_one.tds"] = "1434",
        ["file.conf.json"] = "/etc/conf.json",
    });

    [Theory]
    [InlineData("", "")]
    [InlineData("nothing to fill", "nothing to fill")]
    [InlineData("http://{address}:{port.blob}/x", "http://127.0.0.1:10000/x")]
    [InlineData("{port.blob}{port.blob}", "1000010000")]
    [InlineData("{port.ui-2}", "8080")]
    [InlineData("--location {volume.data}", "--location /d")]
    [InlineData("Password={secret.password};", "Password=p4ss;")]
    [InlineData("{secret.sql.password}", "s3cr3t")]
    [InlineData("{service.sql}:{service.sql.tds}", "sql:1433")]
    [InlineData("{service.my.own_one.tds}", "1434")]
    [InlineData("-c {file.conf.json}", "-c /etc/conf.json")]
    [InlineData("{ \"json\": \"{address}\" }", "{ \"json\": \"127.0.0.1\" }")]
    [InlineData("{other} {Port.blob}", "{other} {Port.blob}")]
    public void Fill_Text_PlaceholdersAndNothingElseAreReplaced(string text, string expected) => Assert.Equal(expected, Example.Fill(text));

    [Theory]
    [InlineData("{port.queue}")]
    [InlineData("{volume.logs}")]
    [InlineData("{secret.other}")]
    [InlineData("{service.storage}")]
    [InlineData("{file.other}")]
    public void Fill_UnknownName_Throws(string text) => Assert.Throws<KeyNotFoundException>(() => Example.Fill(text));

    [Theory]
    [InlineData("{address}:{port.blob}", true)]
    [InlineData("{address}:{port.queue}", false)]
    [InlineData("{port.blob}{port.queue}", false)]
    [InlineData("{secret.other}", false)]
    [InlineData("{secret.password}", true)]
    [InlineData("no placeholder", true)]
    public void CanFill_Text_TellsWhetherEverythingIsKnown(string text, bool expected) => Assert.Equal(expected, Example.CanFill(text));
}
