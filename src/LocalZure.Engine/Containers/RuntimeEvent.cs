namespace LocalZure.Engine.Containers;

/// <summary>Something that happened to a container or an image.</summary>
/// <param name="Time">When, by the runtime's clock.</param>
/// <param name="IsImage">Whether it is about an image; a container otherwise.</param>
/// <param name="Action">The runtime's word, for example <c>start</c>, <c>die</c> or <c>health_status: healthy</c>.</param>
/// <param name="Id">The container's full id, or the name of the image that was pulled.</param>
/// <param name="Attributes">What else it tells: a container's name, image and labels, and <c>exitCode</c>.</param>
internal sealed record RuntimeEvent(DateTimeOffset Time, bool IsImage, string Action, string Id, IReadOnlyDictionary<string, string> Attributes);
