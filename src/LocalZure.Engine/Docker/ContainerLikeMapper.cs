using System.Text.Json.Nodes;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>Turns what an inspection shows of a container into the request that creates another one like it. The Engine API uses the same words for both.</summary>
internal static class ContainerLikeMapper
{
    /// <summary>Keeps what is needed of an inspection.</summary>
    /// <param name="inspection">The inspection.</param>
    /// <param name="files">Files that the new one gets.</param>
    public static ContainerBlueprint Read(JsonObject inspection, IReadOnlyList<ContainerFile> files) =>
        new(((string?)inspection["Name"] ?? "").TrimStart('/'), inspection, files);

    /// <summary>The body of the request.</summary>
    /// <param name="blueprint">The container.</param>
    /// <param name="labels">Labels that it has on top or instead.</param>
    public static JsonObject Body(ContainerBlueprint blueprint, IReadOnlyDictionary<string, string> labels)
    {
        var inspection = blueprint.Content;
        var id = (string?)inspection["Id"] ?? "";
        var body = (JsonObject)inspection["Config"]!.DeepClone();
        InspectionCleaner.CleanConfig(id, body);
        var all = (JsonObject)(body["Labels"]?.DeepClone() ?? new JsonObject());
        foreach (var (name, value) in labels)
        {
            all[name] = value;
        }

        body["Labels"] = all;
        body["HostConfig"] = HostConfig(inspection);
        body["NetworkingConfig"] = new JsonObject { ["EndpointsConfig"] = Endpoints(id, inspection["NetworkSettings"]?["Networks"] as JsonObject) };
        return body;
    }

    private static JsonObject? HostConfig(JsonObject inspection)
    {
        var config = inspection["HostConfig"]?.DeepClone() as JsonObject;
        if (config is not null)
        {
            InspectionCleaner.CleanHostConfig(config);
        }

        return config;
    }

    // The addresses are the network's to give; among the aliases Docker 20.10 to 24 lists the beginning of the id.
    private static JsonObject Endpoints(string id, JsonObject? networks)
    {
        var endpoints = new JsonObject();
        foreach (var (name, endpoint) in networks ?? [])
        {
            var aliases = (endpoint?["Aliases"] as JsonArray)?.Select(alias => (string?)alias).Where(alias => !InspectionCleaner.IsShort(id, alias));
            endpoints[name] = new JsonObject { ["Aliases"] = new JsonArray([.. (aliases ?? []).Select(alias => JsonValue.Create(alias))]) };
        }

        return endpoints;
    }
}
