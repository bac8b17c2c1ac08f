namespace LocalZure.Engine.Containers;

/// <summary>How far one layer of an image is.</summary>
/// <param name="Image">The image.</param>
/// <param name="Layer">The layer's short id; null when the line is about the whole image.</param>
/// <param name="Status">The runtime's word, for example <c>Downloading</c>.</param>
/// <param name="Current">Bytes done; null when not told.</param>
/// <param name="Total">Bytes in all; null when not told.</param>
internal sealed record PullProgress(string Image, string? Layer, string Status, long? Current, long? Total);
