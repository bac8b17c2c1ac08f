using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Images;

/// <summary>What an image is built from.</summary>
/// <param name="Folder">The folder's full path.</param>
/// <param name="Dockerfile">The path of the Dockerfile within it, with forward slashes.</param>
/// <param name="Files">What is sent, in the order of the paths' bytes.</param>
internal sealed record BuildContext(string Folder, string Dockerfile, IReadOnlyList<BuildFile> Files)
{
    /// <summary>What is sent to the engine at most. A larger context is a forgotten <c>.dockerignore</c>.</summary>
    public const long MostBytes = 2L << 30;

    /// <summary>Looks at a folder. No content is read.</summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="dockerfile">The Dockerfile's full path, or relative to the folder; null for <c>Dockerfile</c>.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="LocalZureException">BuildFailed: the folder or the Dockerfile is missing, something cannot be read, or it is too large.</exception>
    public static BuildContext Read(string folder, string? dockerfile, CancellationToken cancellationToken) => Read(folder, dockerfile, MostBytes, cancellationToken);

    /// <inheritdoc cref="Read(string, string?, CancellationToken)"/>
    internal static BuildContext Read(string folder, string? dockerfile, long mostBytes, CancellationToken cancellationToken)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(folder))
        {
            throw Wrong(
                File.Exists(folder) ? $"The build context '{folder}' is a file, not a folder." : $"The build context '{folder}' does not exist.",
                "Correct 'context' under 'build'; it is relative to the file that names it.");
        }

        try
        {
            var path = FindDockerfile(folder, dockerfile);
            var files = new ContextWalk(folder, ReadIgnore(folder, path), [path, DockerIgnore.FileName], cancellationToken).Run();
            CheckSize(folder, files, mostBytes);
            return new BuildContext(folder, path, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(folder, e);
        }
    }

    /// <summary>The failure when something of a context cannot be read.</summary>
    internal static LocalZureException Unreadable(string folder, Exception cause) =>
        new(ErrorCode.BuildFailed, $"The build context '{folder}' cannot be read: {cause.Message}", "Make it readable, or list it in .dockerignore when the build does not need it.", cause);

    private static string FindDockerfile(string folder, string? dockerfile)
    {
        var full = Path.GetFullPath(dockerfile ?? "Dockerfile", folder);
        const string remedy = "Correct 'dockerfile' under 'build'; it is relative to the context.";
        if (!File.Exists(full))
        {
            throw Wrong($"The Dockerfile '{full}' does not exist.", remedy);
        }

        // What a link leads to is sent and built, as by the docker command line.
        var final = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        var relative = Path.GetRelativePath(folder, final).Replace(Path.DirectorySeparatorChar, '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? throw Wrong($"The Dockerfile '{final}' lies outside the build context '{folder}'.", remedy)
            : relative;
    }

    // BuildKit's rule: a file of the Dockerfile's own comes before the one of the context.
    private static DockerIgnore ReadIgnore(string folder, string dockerfile)
    {
        var own = Path.Combine(folder, dockerfile + DockerIgnore.FileName);
        var file = File.Exists(own) ? own : Path.Combine(folder, DockerIgnore.FileName);
        return File.Exists(file) ? DockerIgnore.Parse(File.ReadAllLines(file), file) : DockerIgnore.Nothing;
    }

    private static void CheckSize(string folder, IReadOnlyList<BuildFile> files, long mostBytes)
    {
        var sum = files.Sum(file => file.Length);
        if (sum <= mostBytes)
        {
            return;
        }

        var biggest = files.GroupBy(file => file.Path.Split('/')[0], StringComparer.Ordinal).Select(group => (group.Key, Bytes: group.Sum(file => file.Length))).MaxBy(group => group.Bytes);
        throw Wrong(
            $"The build context '{folder}' has {Megabytes(sum)} MB, more than the {Megabytes(mostBytes)} MB that are sent at most; '{biggest.Key}' alone has {Megabytes(biggest.Bytes)} MB.",
            $"List what the build does not need in '{Path.Combine(folder, DockerIgnore.FileName)}', for example '{biggest.Key}', or name a smaller folder as the context.");
    }

    private static long Megabytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;

    private static LocalZureException Wrong(string message, string remedy) => new(ErrorCode.BuildFailed, message, remedy);
}
