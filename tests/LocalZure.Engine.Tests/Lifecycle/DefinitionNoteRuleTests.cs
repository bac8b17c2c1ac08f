using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class DefinitionNoteRuleTests
{
    private const string Whole = "\"probes\":[],\"startTimeout\":\"00:01:00\",\"stopGrace\":\"00:00:10\",\"dependsOn\":[]";

    [Theory]
    [InlineData("\"connectionStrings\":[{\"name\":\"A\",\"text\":\"b\"}]")]
    [InlineData("\"connectionStrings\":[{\"Key\":\"A\",\"Value\":\"b\"},{\"Key\":\"A\",\"Value\":\"c\"}]")]
    [InlineData("\"connectionStrings\":[null]")]
    [InlineData("\"endpoints\":{\"a\":null}")]
    [InlineData("\"ports\":[null]")]
    [InlineData("\"ports\":[{\"name\":\"a\",\"containerPort\":70000,\"defaultHostPort\":1,\"purpose\":\"\",\"protocol\":\"tcp\"}]")]
    [InlineData("\"ports\":[{\"containerPort\":1}]")]
    [InlineData("\"hostProbes\":[null]")]
    [InlineData("\"probes\":null")]
    [InlineData("\"probes\":[{\"kind\":\"log\"}]")]
    [InlineData("\"probes\":[{\"kind\":\"log\",\"pattern\":\"(\"}]")]
    [InlineData("\"probes\":[{\"kind\":\"http\",\"path\":\"/\"}]")]
    [InlineData("\"probes\":[{\"kind\":\"exec\",\"command\":[]}]")]
    [InlineData("\"probes\":[{\"kind\":\"tcp\",\"port\":\"a\",\"passes\":0}]")]
    [InlineData("\"probes\":[{\"kind\":\"moon\"}]")]
    [InlineData("\"probes\":[{\"port\":\"a\"}]")]
    [InlineData("\"startTimeout\":\"-00:00:01\"")]
    [InlineData("\"stopGrace\":\"10000.00:00:00\"")]
    [InlineData("\"dependsOn\":[null]")]
    [InlineData("\"dependsOn\":[\"../x\"]")]
    [InlineData("\"probes\":3")]
    public void Read_OddNote_GivesTheCatalogsDefinition(string member)
    {
        var note = $"{{{Whole},{member}}}";

        Assert.True(DefinitionNote.IsUnreadable(note));
        Assert.Same(ServiceCatalog.Find("redis"), DefinitionNote.Read("redis", note));
        Assert.Null(DefinitionNote.Read("unknown", note));
    }

    [Fact]
    public void Read_AllThatWeWrite_IsWhole()
    {
        foreach (var definition in ServiceCatalog.All.Append(TestServices.Definition()))
        {
            var note = DefinitionNote.Write(definition with { IsOwn = true });

            Assert.False(DefinitionNote.IsUnreadable(note), note);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void IsUnreadable_None_IsNot(string? note) => Assert.False(DefinitionNote.IsUnreadable(note));
}
