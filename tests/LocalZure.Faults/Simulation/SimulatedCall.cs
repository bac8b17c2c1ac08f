using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>A request of the Engine API, taken apart.</summary>
/// <param name="Version">The API version that it is made in; null for none.</param>
/// <param name="Method">The method.</param>
/// <param name="Parts">The parts of the path without the version: <c>containers</c>, <c>json</c>.</param>
/// <param name="Query">The query.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed partial record SimulatedCall(DockerApiVersion? Version, string Method, string[] Parts, IReadOnlyDictionary<string, string> Query, JsonNode? Body)
{
    /// <summary>Takes a request apart: <c>GET /v1.41/containers/json?all=1&amp;filters=%7B...</c>.</summary>
    public static SimulatedCall Parse(FakeDockerRequest request)
    {
        var target = request.Target.Split('?', 2);
        var query = (target.Length == 2 ? target[1] : "").Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var version = VersionPart().Match(target[0]);
        var parts = target[0][version.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return new SimulatedCall(DockerApiVersion.Parse(version.Groups[1].Value), request.Method, parts.Select(Uri.UnescapeDataString).ToArray(), query, request.Body.Length == 0 ? null : JsonNode.Parse(request.Body));
    }

    /// <summary>Whether a thing with these labels passes the request's filter.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        if (!Query.TryGetValue("filters", out var text))
        {
            return true;
        }

        var filters = JsonNode.Parse(text)!["label"] switch
        {
            JsonArray list => list.Select(value => (string)value!),
            JsonObject table => table.Select(pair => pair.Key),
            _ => [],
        };
        return filters.Select(filter => filter.Split('=', 2)).All(filter => labels.TryGetValue(filter[0], out var value) && (filter.Length == 1 || value == filter[1]));
    }

    [GeneratedRegex("^/v([0-9.]+)")]
    private static partial Regex VersionPart();
}
