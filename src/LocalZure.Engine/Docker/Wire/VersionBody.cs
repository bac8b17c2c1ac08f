namespace LocalZure.Engine.Docker.Wire;

/// <summary>The answer of <c>GET /version</c>.</summary>
internal sealed record VersionBody
{
    public string? Version { get; init; }

    public string? ApiVersion { get; init; }

    public string? MinAPIVersion { get; init; }

    public string? Os { get; init; }

    public string? Arch { get; init; }

    public List<VersionComponentBody>? Components { get; init; }
}
