using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Tests.Lifecycle;

/// <summary>What a label says of a definition: anybody may have written it.</summary>
public sealed class DefinitionNoteTests
{
    [Theory]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("NODE_OPTIONS")]
    [InlineData("ConnectionStrings__blob")]
    [InlineData("OTHER_URL")]
    public void Read_VariableThatIsNoneOfTheService_IsLeftOutAndNamed(string name)
    {
        var definition = DefinitionNote.Read("web", Note($$"""{"key":"WEB_URL","value":"http://{address}"},{"key":"{{name}}","value":"x"}"""))!;

        Assert.Equal(["WEB_URL"], definition.ConnectionStrings.Select(pair => pair.Key));
        Assert.Equal([name], definition.RefusedVariables);
    }

    [Theory]
    [InlineData("postgres", "ConnectionStrings__my-shop", true)]
    [InlineData("postgres", "DATABASE_URL_MY_SHOP", true)]
    [InlineData("postgres", "LD_PRELOAD", false)]
    [InlineData("redis", "REDIS_URL", true)]
    [InlineData("redis", "ConnectionStrings__x", false)]
    [InlineData("redis", "PATH", false)]
    public void IsOf_ServiceOfTheCatalog_HasItsOwnVariables(string service, string name, bool expected)
    {
        var definition = DefinitionNote.Read(service, Note($$"""{"key":"{{name}}","value":"x"}"""))!;

        Assert.Equal(expected, definition.RefusedVariables.Count == 0);
    }

    [Theory]
    [InlineData("\\u001b]0;x\\u0007")]
    [InlineData("\\u202e")]
    [InlineData("\\ud800")]
    public void Read_TextThatATerminalWouldObey_IsNoNote(string text) =>
        Assert.Null(DefinitionNote.Read("web", Note($$"""{"key":"WEB_URL","value":"{{text}}"}""")));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"other\",\"pattern\":\"x\"}")]
    public void Read_ProbeOfNoKind_IsNoNote(string probe) =>
        Assert.Null(DefinitionNote.Read("web", Note("").Replace("\"probes\":[]", $"\"probes\":[{probe}]", StringComparison.Ordinal)));

    private static string Note(string strings) =>
        $$"""{"isOwn":true,"connectionStrings":[{{strings}}],"probes":[],"startTimeout":"00:01:00","stopGrace":"00:00:10","dependsOn":[]}""";
}
