using System.Text.RegularExpressions;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Finds the folder of a package from the command that npm, pnpm or yarn made for it.</summary>
internal static partial class NpmPackageFinder
{
    private const int LargestWrapper = 64 * 1024;

    /// <summary>The folders that the command may stand for, best first; some may not exist.</summary>
    /// <param name="command">The command as a full path.</param>
    /// <param name="name">The package's name.</param>
    public static IEnumerable<string> Candidates(string command, string name)
    {
        // npm on Unix: bin/azurite -> ../lib/node_modules/azurite/dist/src/azurite.js
        var target = new FileInfo(command).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? command;
        for (var folder = Path.GetDirectoryName(target); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFileName(folder) == name)
            {
                yield return folder;
            }
        }

        var own = Path.GetDirectoryName(target)!;
        yield return Path.Combine(own, "node_modules", name); // npm on Windows: the prefix itself holds both
        yield return Path.GetFullPath(Path.Combine(own, "..", name)); // node_modules/.bin
        foreach (var folder in FromWrapper(target, own, name))
        {
            yield return folder;
        }
    }

    // pnpm: exec node "$basedir/global/5/node_modules/azurite/dist/src/azurite.js" "$@"
    // npm on Windows: "%dp0%\node_modules\azurite\dist\src\azurite.js"
    private static IEnumerable<string> FromWrapper(string wrapper, string own, string name)
    {
        if (new FileInfo(wrapper) is not { Exists: true, Length: < LargestWrapper })
        {
            return [];
        }

        return QuotedPath().Matches(File.ReadAllText(wrapper))
            .Select(match => match.Groups[1].Value.Replace('\\', '/'))
            .Where(path => path.Contains($"/node_modules/{name}/", StringComparison.Ordinal))
            .Select(path => path[..(path.LastIndexOf($"/node_modules/{name}/", StringComparison.Ordinal) + $"/node_modules/{name}".Length)])
            .Select(path => Path.GetFullPath(BaseFolder().Replace(path, _ => own)))
            .Distinct();
    }

    /// <summary>What a folder's package.json says; null when there is none or it is no such file.</summary>
    public static async Task<NpmManifest?> ReadManifestAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonFile.ReadAsync(Path.Combine(folder, "package.json"), HostProcessJsonContext.Default.NpmManifest, _ => true, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.StateCorrupt)
        {
            // A file of somebody else's that is not what was looked for.
            return null;
        }
    }

    [GeneratedRegex("\"([^\"\\r\\n]+)\"")]
    private static partial Regex QuotedPath();

    [GeneratedRegex("""^(?:\$basedir|%~?dp0%?)""")]
    private static partial Regex BaseFolder();
}
