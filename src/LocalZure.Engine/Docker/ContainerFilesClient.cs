using System.Formats.Tar;
using System.Net;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Copies files into containers and out of them; these need not run.</summary>
internal sealed class ContainerFilesClient
{
    private readonly DockerHttp _http;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    public ContainerFilesClient(DockerHttp http) => _http = http;

    /// <summary>Copies files into a container.</summary>
    public async Task WriteAsync(string id, IReadOnlyList<ContainerFile> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return;
        }

        using var archive = TarArchive.Of(files);
        var content = archive.GetBuffer();
        var length = (int)archive.Length;
        var parameters = new CopyToContainerParameters { Path = "/" };
        var call = DockerCall.Repeatable(DockerObject.Container, $"copy files into the container '{id}'") with { Limit = _http.Limits.Work };
        await _http.TellAsync(
            call,
            async (client, token) =>
            {
                using var body = new MemoryStream(content, 0, length, writable: false);
                await client.Containers.ExtractArchiveToContainerAsync(DockerQuery.Segment(id), parameters, body, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads files of a container; those that it has not are left out.</summary>
    public async Task<IReadOnlyList<ContainerFile>> ReadAsync(string id, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        List<ContainerFile> files = [];
        foreach (var path in paths)
        {
            if (await ReadAsync(id, path, cancellationToken).ConfigureAwait(false) is { } file)
            {
                files.Add(file);
            }
        }

        return files;
    }

    private async Task<ContainerFile?> ReadAsync(string id, string path, CancellationToken cancellationToken)
    {
        // Not through the client library, which leaves the answer open when it cannot read what the head tells of the file.
        var request = DockerRequest.Get(ContainersClient.PathOf(id) + "/archive", DockerObject.Container, $"read the file '{path}' of the container '{id}'") with
        {
            Query = DockerQuery.Pair("path", path),
        };
        try
        {
            using var response = await _http.OpenAsync(request, cancellationToken).ConfigureAwait(false);
            var archive = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                return await FirstFileAsync(path, archive, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or FormatException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker broke off while it was to {request.Action}: {problem.Message}", null, problem);
        }
    }

    // The archive of a file has that one entry.
    private static async Task<ContainerFile?> FirstFileAsync(string path, Stream archive, CancellationToken cancellationToken)
    {
        var reader = new TarReader(archive, leaveOpen: true);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    using var content = new MemoryStream();
                    await (entry.DataStream ?? Stream.Null).CopyToAsync(content, cancellationToken).ConfigureAwait(false);
                    return new ContainerFile(path, content.ToArray());
                }
            }

            return null;
        }
    }
}
