namespace LocalZure.Engine.Containers;

/// <summary>A network.</summary>
/// <param name="Id">The full id.</param>
/// <param name="Name">The name.</param>
/// <param name="Labels">Labels.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ContainerIds">Running containers in it; filled by an inspection only.</param>
internal sealed record NetworkSummary(
    string Id,
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> ContainerIds);
