namespace LocalZure.Engine.Images;

/// <summary>
/// What a <c>.dockerignore</c> file keeps out of a build context. The last line that names a path, or a folder above it, decides.
/// As with BuildKit, and unlike Docker's older builder, an exception with a wildcard (<c>!**/*.csproj</c>) reaches into folders
/// that are kept out.
/// </summary>
internal sealed class DockerIgnore
{
    /// <summary>The name of the file.</summary>
    public const string FileName = ".dockerignore";

    private readonly IReadOnlyList<DockerIgnorePattern> _patterns;

    private DockerIgnore(IReadOnlyList<DockerIgnorePattern> patterns) => _patterns = patterns;

    /// <summary>Keeps nothing out.</summary>
    public static DockerIgnore Nothing { get; } = new([]);

    /// <summary>What is known above the context's own folder.</summary>
    public IReadOnlyList<bool> Root => new bool[_patterns.Count];

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="file">The file's path, for errors.</param>
    /// <exception cref="LocalZureException">BuildFailed: a line is no pattern.</exception>
    public static DockerIgnore Parse(IReadOnlyList<string> lines, string file)
    {
        List<DockerIgnorePattern> patterns = [];
        for (var number = 1; number <= lines.Count; number++)
        {
            try
            {
                if (DockerIgnorePattern.Parse(number == 1 ? lines[0].TrimStart('\uFEFF') : lines[number - 1]) is { } pattern)
                {
                    patterns.Add(pattern);
                }
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new LocalZureException(ErrorCode.BuildFailed, $"Line {number} of '{file}' is no pattern: '{lines[number - 1].Trim()}'.", "Correct the line; see Docker's documentation of .dockerignore.", e);
            }
        }

        return new DockerIgnore(patterns);
    }

    /// <summary>Looks at one path.</summary>
    /// <param name="path">The path within the context, with forward slashes.</param>
    /// <param name="above">Which lines name the folder that it is in: <see cref="Root"/>, or what this told about that folder.</param>
    /// <returns>Whether it is kept out, and which lines name it or a folder above it.</returns>
    public (bool IsOut, IReadOnlyList<bool> Matched) Look(string path, IReadOnlyList<bool> above)
    {
        var isOut = false;
        var matched = new bool[_patterns.Count];
        for (var index = 0; index < _patterns.Count; index++)
        {
            // A line that would change nothing is not looked at, as in Docker.
            var pattern = _patterns[index];
            matched[index] = above[index] || (pattern.IsException == isOut && pattern.Matches(path));
            if (matched[index])
            {
                isOut = !pattern.IsException;
            }
        }

        return (isOut, matched);
    }

    /// <summary>Whether something below a folder that is kept out may be let in again.</summary>
    public bool MayLetInBelow(string folder) => _patterns.Any(pattern => pattern.IsException && pattern.MayMatchBelow(folder));
}
