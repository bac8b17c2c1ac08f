namespace LocalZure.Engine.Support;

/// <summary>What the files of a folder hold.</summary>
/// <param name="Values">The values, by file name.</param>
/// <param name="Unreadable">The files that hold something else, which do not stand in the way of the others.</param>
internal sealed record JsonFolderContent<T>(IReadOnlyList<T> Values, IReadOnlyList<UnreadableFile> Unreadable);
