namespace LocalZure.Engine.Catalog;

/// <summary>A file that a service wants before it starts, for example its configuration. It must not hold secrets.</summary>
/// <param name="Name">Its name, by which a host definition's arguments refer to it as <c>{file.NAME}</c>.</param>
/// <param name="Path">Its full path inside the container.</param>
/// <param name="Content">Its content, a template.</param>
internal sealed record FileDefinition(string Name, string Path, string Content);
