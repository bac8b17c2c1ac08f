namespace LocalZure.Engine.Containers;

/// <summary>A mount that a container has.</summary>
/// <param name="Kind">What the source is.</param>
/// <param name="Name">The volume's name; empty for other kinds.</param>
/// <param name="Source">Where it lies on the host; may be empty in a list.</param>
/// <param name="Target">The path inside the container.</param>
internal sealed record ContainerMount(MountKind Kind, string Name, string Source, string Target);
