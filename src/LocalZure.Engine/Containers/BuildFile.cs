namespace LocalZure.Engine.Containers;

/// <summary>One path of a build context, as it was when it was looked at.</summary>
/// <param name="Path">The path within the context, with forward slashes, for example <c>src/app.js</c>.</param>
/// <param name="FullPath">Where it is on this machine.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its permissions; 0755 where files have none (Windows), as the docker command line sends them.</param>
/// <param name="Length">Bytes of a file; 0 for the other kinds.</param>
/// <param name="ModifiedAt">When it was written last. Not part of any hash.</param>
/// <param name="LinkTarget">What a link says; null for the other kinds.</param>
internal sealed record BuildFile(string Path, string FullPath, BuildFileKind Kind, UnixFileMode Mode, long Length, DateTimeOffset ModifiedAt, string? LinkTarget);
