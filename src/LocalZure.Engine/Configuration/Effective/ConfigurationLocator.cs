using LocalZure.Engine.Support;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>Finds configuration files.</summary>
internal static class ConfigurationLocator
{
    /// <summary>What a file may be called, the first goes before.</summary>
    public static readonly IReadOnlyList<string> Names = ["localzure.yml", "localzure.yaml", ".localzure.yml"];

    /// <summary>The project's file.</summary>
    /// <param name="path">What the user names: a file, or a folder that holds one; null for nothing.</param>
    /// <param name="environment">Holds <c>LOCALZURE_CONFIG</c>, which names one too.</param>
    /// <param name="folder">The folder from which one is looked for, upwards, when none is named.</param>
    /// <returns>Its full path; null when none is named and none is found.</returns>
    /// <exception cref="LocalZureException">ConfigNotFound when what is named is not there; NotTrusted for what is found and is another user's.</exception>
    public static string? Find(string? path, EnvironmentSnapshot environment, string folder)
    {
        if (path is not null)
        {
            return Named(path, folder, "");
        }

        return environment["LOCALZURE_CONFIG"] is { } variable ? Named(variable, folder, "LOCALZURE_CONFIG: ") : Found(folder, environment);
    }

    /// <summary>The file in a folder; null when there is none.</summary>
    public static string? In(string folder) => Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    // What is named is meant. What is found anywhere above may be anybody's.
    private static string? Found(string folder, EnvironmentSnapshot environment)
    {
        var file = Upwards(folder);
        if (file is not null)
        {
            Trust.CheckFile(file, environment);
        }

        return file;
    }

    private static string? Upwards(string folder)
    {
        for (var current = Path.GetFullPath(folder); current is not null; current = Path.GetDirectoryName(current))
        {
            if (In(current) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Named(string path, string folder, string prefix)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new LocalZureException(ErrorCode.ConfigNotFound, $"{prefix}'{path.Replace('\0', '?')}' is not a path.");
        }

        var full = Path.GetFullPath(path, Path.GetFullPath(folder));
        return Directory.Exists(full)
            ? In(full) ?? throw new LocalZureException(ErrorCode.ConfigNotFound, $"{prefix}The folder '{full}' holds no {string.Join(", no ", Names)}.")
            : File.Exists(full) ? full : throw new LocalZureException(ErrorCode.ConfigNotFound, $"{prefix}The file '{full}' does not exist.");
    }
}
