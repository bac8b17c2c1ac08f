namespace LocalZure.Engine.Containers;

/// <summary>Which part of a container's output to read.</summary>
/// <param name="Follow">Goes on with what comes.</param>
/// <param name="Tail">Begins with the last so many lines; null with all.</param>
/// <param name="Since">Leaves out what is older; null for no bound.</param>
/// <param name="Until">Leaves out what is newer; null for no bound.</param>
internal sealed record ContainerLogQuery(bool Follow = false, int? Tail = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null);
