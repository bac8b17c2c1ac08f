namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>An endpoint to try.</summary>
/// <param name="Address">The address as it was found.</param>
/// <param name="Source">Where it comes from, for example <c>DOCKER_HOST</c> or <c>Colima</c>.</param>
/// <param name="Endpoint">The endpoint; null when the address cannot be used.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
/// <param name="IsChosen">Whether the user has named it, so that no other may take its place.</param>
internal sealed record DockerCandidate(string Address, string Source, DockerEndpoint? Endpoint, string? Problem = null, bool IsChosen = false)
{
    /// <summary>A candidate that can be tried.</summary>
    public static DockerCandidate Of(DockerEndpoint endpoint, string source) => new(endpoint.Address, source, endpoint);

    /// <summary>The line that tells why it was not taken.</summary>
    /// <param name="why">The reason.</param>
    public string Evidence(string why) => $"{Address} ({Source}): {why}";
}
