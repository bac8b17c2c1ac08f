using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary><c>config.json</c> of the docker command line.</summary>
internal sealed record ConfigBody
{
    [JsonPropertyName("currentContext")]
    public string? CurrentContext { get; init; }

    [JsonPropertyName("auths")]
    public Dictionary<string, ConfigAuthBody>? Auths { get; init; }

    [JsonPropertyName("credHelpers")]
    public Dictionary<string, string>? CredHelpers { get; init; }

    [JsonPropertyName("credsStore")]
    public string? CredsStore { get; init; }
}
