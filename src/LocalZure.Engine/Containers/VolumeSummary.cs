namespace LocalZure.Engine.Containers;

/// <summary>A volume.</summary>
/// <param name="Name">The name.</param>
/// <param name="Labels">Labels.</param>
/// <param name="CreatedAt">When it was created; null when the runtime does not tell.</param>
internal sealed record VolumeSummary(string Name, IReadOnlyDictionary<string, string> Labels, DateTimeOffset? CreatedAt);
