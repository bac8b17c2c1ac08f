namespace LocalZure.Engine.Docker.Wire;

/// <summary>What a credential helper prints for <c>get</c>.</summary>
internal sealed record HelperCredentialsBody
{
    public string? Username { get; init; }

    public string? Secret { get; init; }
}
