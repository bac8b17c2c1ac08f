namespace LocalZure.Engine.Containers;

/// <summary>A mount of a container.</summary>
/// <param name="Kind">What the source is.</param>
/// <param name="Source">The volume's name or the host path; empty for memory.</param>
/// <param name="Target">The path inside the container.</param>
/// <param name="ReadOnly">Whether the container may not write to it.</param>
internal sealed record MountSpec(MountKind Kind, string Source, string Target, bool ReadOnly = false);
