using System.Collections;
using System.Management.Automation;
using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.PowerShell.Binding;

/// <summary>Reads the table of <c>-Volume</c>, for example <c>@{ './data' = '/data'; cache = '/var/cache' }</c>.</summary>
internal static class VolumeArgument
{
    /// <summary>Targets by source; a source that is a path is made absolute from PowerShell's current location.</summary>
    /// <param name="table">The table.</param>
    /// <param name="paths">The session's paths. On the pipeline thread.</param>
    /// <exception cref="LocalZureException">ParameterInvalid for a path that is not of the file system.</exception>
    public static IReadOnlyDictionary<string, string> Read(IDictionary table, PathIntrinsics paths) =>
        VolumeTable.Read(TextTable.Read(table), source => Resolved(source, paths));

    private static string Resolved(string source, PathIntrinsics paths)
    {
        var path = paths.GetUnresolvedProviderPathFromPSPath(source, out var provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new LocalZureException(ErrorCode.ParameterInvalid, $"The volume's source '{source}' is not a folder of the file system.");
    }
}
