using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The content of the <c>X-Registry-Auth</c> header.</summary>
internal sealed record RegistryAuthBody
{
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("registrytoken")]
    public string? RegistryToken { get; init; }

    [JsonPropertyName("serveraddress")]
    public string? ServerAddress { get; init; }
}
