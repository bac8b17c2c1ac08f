using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Images;

/// <summary>Collects what of a folder belongs to a build context.</summary>
internal sealed class ContextWalk
{
    private const UnixFileMode AllMayRun = (UnixFileMode)0x1ED; // 0755

    private static readonly EnumerationOptions OneFolder = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private readonly string _folder;
    private readonly DockerIgnore _ignore;
    private readonly IReadOnlyList<string> _always;
    private readonly CancellationToken _cancellation;
    private readonly List<BuildFile> _files = [];

    /// <summary>Creates one.</summary>
    /// <param name="folder">The context's full path.</param>
    /// <param name="ignore">What is kept out.</param>
    /// <param name="always">Paths that are never kept out.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public ContextWalk(string folder, DockerIgnore ignore, IReadOnlyList<string> always, CancellationToken cancellationToken)
    {
        _folder = folder;
        _ignore = ignore;
        _always = always;
        _cancellation = cancellationToken;
    }

    /// <summary>Walks once and answers in the order of the paths, so that folders come before what is in them.</summary>
    public IReadOnlyList<BuildFile> Run()
    {
        Walk(new DirectoryInfo(_folder), "", _ignore.Root);
        _files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return _files;
    }

    private void Walk(DirectoryInfo folder, string prefix, IReadOnlyList<bool> above)
    {
        foreach (var item in folder.EnumerateFileSystemInfos("*", OneFolder))
        {
            _cancellation.ThrowIfCancellationRequested();
            var path = prefix + item.Name;
            var (isOut, matched) = _ignore.Look(path, above);
            isOut &= !_always.Contains(path);
            var file = isOut ? null : FileOf(item, path);
            if (file is not null)
            {
                _files.Add(file);
            }

            if (item is DirectoryInfo below && !IsLink(item) && (!isOut || HasMoreBelow(path)))
            {
                Walk(below, path + "/", matched);
            }
        }
    }

    private bool HasMoreBelow(string folder) =>
        _ignore.MayLetInBelow(folder) || _always.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal));

    // Null for what cannot be sent.
    private static BuildFile? FileOf(FileSystemInfo item, string path)
    {
        if (IsLink(item) && item.LinkTarget is { } target)
        {
            return new BuildFile(path, item.FullName, BuildFileKind.Link, (UnixFileMode)0x1FF, 0, item.LastWriteTimeUtc, OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target);
        }

        var mode = OperatingSystem.IsWindows() ? AllMayRun : item.UnixFileMode;
        return item is not FileInfo file ? new BuildFile(path, item.FullName, BuildFileKind.Folder, mode, 0, item.LastWriteTimeUtc, null)
            : BuildFileKinds.IsRegular(file) ? new BuildFile(path, item.FullName, BuildFileKind.File, mode, file.Length, item.LastWriteTimeUtc, null)
            : null;
    }

    private static bool IsLink(FileSystemInfo item) => item.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
