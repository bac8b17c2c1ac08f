namespace LocalZure.Engine.HostProcesses;

/// <summary>The script that stamps and rotates the output of a Node.js program from inside.</summary>
internal static class NodeLogWriter
{
    /// <summary>The variable that tells the script its log folder. The script removes it, so that children do not write there too.</summary>
    public const string FolderVariable = "LOCALZURE_LOG_DIRECTORY";

    /// <summary>The variable for the size in bytes at which a file is rotated; 10 MiB when not set.</summary>
    public const string SizeVariable = "LOCALZURE_LOG_MAX_BYTES";

    private const string Resource = "LocalZure.Engine.HostProcesses.NodeLogWriter.cjs";

    /// <summary>Puts the script into a log folder.</summary>
    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var source = typeof(NodeLogWriter).Assembly.GetManifestResourceStream(Resource)
            ?? throw new LocalZureException(ErrorCode.InternalError, $"The resource '{Resource}' is missing.");
        await using (source.ConfigureAwait(false))
        {
            var target = File.Create(HostLogFiles.NodeLogWriter(folder));
            await using (target.ConfigureAwait(false))
            {
                await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
