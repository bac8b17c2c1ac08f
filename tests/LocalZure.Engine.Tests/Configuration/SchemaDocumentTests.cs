using System.Text.Json.Nodes;
using LocalZure.Engine.Configuration;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Configuration;

/// <summary>What is published of the schema is what the schema says. <c>LOCALZURE_UPDATE_DOCS=1</c> writes it.</summary>
public sealed class SchemaDocumentTests
{
    private const string Begin = "<!-- keys -->\n";
    private const string End = "\n<!-- /keys -->";

    private static readonly bool Updates = Environment.GetEnvironmentVariable("LOCALZURE_UPDATE_DOCS") == "1";

    [Fact]
    public void JsonSchema_OfTheRepository_IsUpToDate() => Check(Docs("localzure.schema.json"), _ => SchemaDocuments.JsonSchema());

    [Fact]
    public void KeyTables_OfTheRepository_AreUpToDate() => Check(Docs("configuration.md"), text =>
        text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + SchemaDocuments.KeyTables() + text[text.IndexOf(End, StringComparison.Ordinal)..]);

    [Fact]
    public void JsonSchema_EveryKey_IsDescribed()
    {
        var described = Descriptions(JsonNode.Parse(SchemaDocuments.JsonSchema())!).ToList();

        Assert.True(described.Count > 100, $"{described.Count} keys");
        Assert.All(described, key => Assert.Matches(@"^[A-Za-z].*\.$", key));
    }

    [Fact]
    public void Defaults_EveryValue_IsOneThatTheSchemaTakes()
    {
        var problems = new Problems();

        Assert.True(ProjectSchema.Root.TryRead(DefaultsLayer.Create(), "", new SchemaReading(problems), out _));
        Assert.Empty(problems.Errors);
    }

    [Fact]
    public void YamlParser_IsKnownToOneClassAlone()
    {
        var engine = typeof(LocalZureEngine).Assembly;
        var users = engine.GetTypes().Where(type => type.GetFields(All).Any(field => IsYaml(field.FieldType)) || type.GetMethods(All).Any(method => IsYaml(method.ReturnType) || method.GetParameters().Any(parameter => IsYaml(parameter.ParameterType))));

        Assert.All(users, type => Assert.StartsWith("LocalZure.Engine.Configuration.Yaml.YamlDocumentReader", type.FullName, StringComparison.Ordinal));
    }

    private const System.Reflection.BindingFlags All = System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly;

    private static bool IsYaml(Type type) => type.Assembly.GetName().Name == "YamlDotNet";

    private static void Check(string path, Func<string, string> make)
    {
        var old = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var wanted = make(old);
        if (Updates)
        {
            File.WriteAllText(path, wanted);
        }

        Assert.True(Updates || old == wanted, $"{Path.GetFileName(path)} is stale: LOCALZURE_UPDATE_DOCS=1 dotnet test tests/LocalZure.Engine.Tests --filter SchemaDocumentTests writes it");
    }

    private static IEnumerable<string> Descriptions(JsonNode node) => node switch
    {
        JsonObject table => (table["properties"] as JsonObject ?? []).Select(key => (string?)key.Value!["description"] ?? $"{key.Key} has none")
            .Concat(table.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Descriptions)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Descriptions),
        _ => [],
    };

    private static string Docs(string name) => Path.Combine(Repository.Root, "docs", name);
}
