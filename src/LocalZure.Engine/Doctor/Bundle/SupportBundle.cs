using System.IO.Compression;
using System.Text;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor.Bundle;

/// <summary>Writes a support bundle: whole or not at all, for this user only, and without secrets.</summary>
internal static class SupportBundle
{
    private const string About = """
        What LocalZure knows of itself on this machine, for somebody who is asked for help.
        Passwords, keys and tokens are replaced by ***, as are all environment variables that are not plainly harmless.
        Names of services, folders and images are left as they are: look before you hand it on.

        """;

    /// <summary>Gathers it and writes it.</summary>
    /// <param name="request">Where, and what the doctor has found.</param>
    /// <param name="collector">Gathers the rest.</param>
    /// <param name="cancellationToken">Ends the call; the file is then not there, or as it was.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when it is there already or cannot be written, or DiskFull.</exception>
    public static async Task WriteAsync(ReportRequest request, BundleCollector collector, CancellationToken cancellationToken)
    {
        // Refused before anything is gathered, and again by the write should a file come up in between.
        Check(request);
        await WriteAsync(request, await collector.CollectAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private static void Check(ReportRequest request)
    {
        if (Directory.Exists(request.Path))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{request.Path}' is a folder.", "Name a file in it, for example localzure-report.zip.");
        }

        if (File.Exists(request.Path) && !request.Overwrite)
        {
            throw Exists(request.Path, null);
        }
    }

    private static async Task WriteAsync(ReportRequest request, BundleContent content, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Overwrite)
            {
                await WholeFile.ReplaceAsync(request.Path, file => WriteAsync(file, content, cancellationToken)).ConfigureAwait(false);
            }
            else if (!await WholeFile.CreateAsync(request.Path, file => WriteAsync(file, content, cancellationToken)).ConfigureAwait(false))
            {
                throw Exists(request.Path, null);
            }
        }
        catch (IOException e) when (DiskSpace.IsExhausted(e))
        {
            throw new LocalZureException(ErrorCode.DiskFull, $"The file '{request.Path}' cannot be written: no space is left.", innerException: e);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{request.Path}' cannot be written: {e.Message}", "Name a file in a folder that exists and that this user may write to.", e);
        }
    }

    private static async Task WriteAsync(FileStream file, BundleContent content, CancellationToken cancellationToken)
    {
        // All secrets are known by now: one that the environment of a container told may be in the log of another.
        var secrets = new KnownSecrets(content.Secrets);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (path, text) in content.Files.Append(KeyValuePair.Create("README.txt", About)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var stream = archive.CreateEntry(path).Open();
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(secrets.Sanitize(text)), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static LocalZureException Exists(string path, Exception? cause) => new(ErrorCode.ParameterInvalid, $"The file '{path}' exists already.", "Use -Force to replace it.", cause);
}
