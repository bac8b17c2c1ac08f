using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalZure.Engine.Configuration.Schema;

namespace LocalZure.Engine.Tests.Configuration;

/// <summary>Writes what is published of the schema: the JSON schema and the tables of keys.</summary>
internal static class SchemaDocuments
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string JsonSchema()
    {
        var root = Json(ProjectSchema.Root.Shape);
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", "localzure.yml");
        root.Insert(2, "description", "The services that a project needs, for LocalZure.");
        return root.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    public static string KeyTables()
    {
        var text = new StringBuilder();
        var open = new Queue<(string Title, SchemaShape Table)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        open.Enqueue(("The file", ProjectSchema.Root.Shape));
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Table.Type))
            {
                continue;
            }

            text.Append($"\n### {next.Title}\n\n| key | value | without it | what for |\n| --- | --- | --- | --- |\n");
            foreach (var key in next.Table.Keys!)
            {
                text.Append($"| `{key.Name}` | {Words(key.Shape)} | {(key.Value is null ? key.Default ?? "" : $"`{key.Value}`")} | {key.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
                foreach (var table in Tables(key.Shape))
                {
                    open.Enqueue(($"`{key.Name}`: {table.Type}", table));
                }
            }
        }

        return text.ToString();
    }

    private static JsonObject Json(SchemaShape shape)
    {
        var json = new JsonObject();
        if (shape.Forms.Count > 0)
        {
            json["anyOf"] = new JsonArray([.. shape.Forms.Select(Json)]);
            return json;
        }

        json["type"] = shape.JsonTypes.Count == 1 ? shape.JsonTypes[0] : new JsonArray([.. shape.JsonTypes.Select(type => (JsonNode)type)]);
        if (shape.Choices.Count > 0)
        {
            json["enum"] = new JsonArray([.. shape.Choices.Select(choice => (JsonNode)choice)]);
        }

        if (shape.Pattern is not null)
        {
            json["pattern"] = shape.Pattern;
        }

        if (shape.Items is not null)
        {
            json["items"] = Json(shape.Items);
        }

        if (shape.Values is not null)
        {
            json["additionalProperties"] = Json(shape.Values);
        }

        if (shape.Keys is not null)
        {
            json["properties"] = new JsonObject(shape.Keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, Described(key))));
            json["additionalProperties"] = false;
            if (shape.TakesExtensions)
            {
                json["patternProperties"] = new JsonObject { ["^x-"] = true };
            }
        }

        return json;
    }

    private static JsonObject Described(SchemaKeyShape key)
    {
        var json = Json(key.Shape);
        json["description"] = key.Default is null ? key.Description : $"{key.Description} Without it: {key.Default}.";
        return json;
    }

    private static string Words(SchemaShape shape) =>
        shape.Choices.Count > 0 ? string.Join(", ", shape.Choices.Select(choice => $"`{choice}`")) : shape.Type;

    private static IEnumerable<SchemaShape> Tables(SchemaShape? shape) =>
        shape is null ? [] : shape.Keys is not null ? [shape] : shape.Forms.SelectMany(Tables).Concat(Tables(shape.Items)).Concat(Tables(shape.Values));
}
