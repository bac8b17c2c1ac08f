namespace LocalZure.Engine.Containers;

/// <summary>The machine that a container runtime runs on, which may be a virtual one.</summary>
/// <param name="Platform">Its platform in the words of images, for example <c>linux/arm64</c>.</param>
/// <param name="MemoryBytes">Its memory in bytes; 0 when it does not tell.</param>
internal sealed record RuntimeMachine(string Platform, long MemoryBytes)
{
    /// <summary>Its time when it was asked; null when it does not tell.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>What tells the runtime from all others, for as long as it keeps its data; null when it does not tell.</summary>
    public string? Id { get; init; }

    /// <summary>The folder of that machine in which the runtime keeps images and volumes; empty when it does not tell.</summary>
    public string DataFolder { get; init; } = "";
}
