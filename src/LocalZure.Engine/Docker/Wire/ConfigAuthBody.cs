using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>One registry's entry under <c>auths</c>.</summary>
internal sealed record ConfigAuthBody
{
    /// <summary>Base64 of <c>user:password</c>.</summary>
    [JsonPropertyName("auth")]
    public string? Auth { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("registrytoken")]
    public string? RegistryToken { get; init; }
}
