using System.Collections;
using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Reads the table of <c>-Volume</c>, for example <c>@{ './data' = '/data'; cache = '/var/cache' }</c>.</summary>
internal static class VolumeTable
{
    /// <summary>Targets by source; a source that is a path is made absolute from PowerShell's current location.</summary>
    /// <param name="table">The table.</param>
    /// <param name="paths">The session's paths. On the pipeline thread.</param>
    /// <exception cref="LocalZureException">ParameterInvalid for a path that is not of the file system.</exception>
    public static Dictionary<string, string> Read(IDictionary table, PathIntrinsics paths) =>
        TextTable.Read(table).ToDictionary(pair => IsPath(pair.Key) ? Resolved(pair.Key, paths) : pair.Key, pair => pair.Value, StringComparer.Ordinal);

    // "./data", "/data", "C:\data" and "~" are paths; "cache" is the name of a volume.
    private static bool IsPath(string source) => source is "." or ".." or "~" || source.AsSpan().IndexOfAny("/\\") >= 0;

    private static string Resolved(string source, PathIntrinsics paths)
    {
        var path = paths.GetUnresolvedProviderPathFromPSPath(source, out var provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new LocalZureException(ErrorCode.ParameterInvalid, $"The volume's source '{source}' is not a folder of the file system.");
    }
}
