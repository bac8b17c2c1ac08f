namespace LocalZure.Engine.Containers;

/// <summary>An image.</summary>
/// <param name="Id">The full id.</param>
/// <param name="Labels">Labels.</param>
/// <param name="Content">Tells whether two images are the same but for when they were made: their layers and settings.</param>
internal sealed record ImageSummary(string Id, IReadOnlyDictionary<string, string> Labels, string Content);
