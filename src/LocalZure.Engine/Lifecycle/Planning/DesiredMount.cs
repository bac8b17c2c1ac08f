namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Storage as it is wanted.</summary>
/// <param name="Name">The volume's name within the service; empty for a bind mount.</param>
/// <param name="BindSource">The folder of this machine, as a full path; null for a volume of ours.</param>
/// <param name="Target">The path inside the container.</param>
/// <param name="IsInMemory">Whether it is memory, and gone with the container.</param>
internal sealed record DesiredMount(string Name, string? BindSource, string Target, bool IsInMemory = false);
