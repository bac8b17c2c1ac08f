namespace LocalZure.Engine.Containers;

/// <summary>A file to copy into a container, or read from one.</summary>
/// <param name="Path">Its full path inside the container.</param>
/// <param name="Content">Its content.</param>
internal sealed record ContainerFile(string Path, ReadOnlyMemory<byte> Content);
