using System.Formats.Tar;
using System.Net;
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
    public Task WriteAsync(string id, IReadOnlyList<ContainerFile> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return Task.CompletedTask;
        }

        var request = new DockerRequest(HttpMethod.Put, ContainersClient.PathOf(id) + "/archive", DockerObject.Container, $"copy files into the container '{id}'")
        {
            Query = DockerQuery.Pair("path", "/"),
            Content = () => new TarContent(files),
            Repeat = Repeat.WhenFailed,
            Limit = _http.Limits.Work,
        };
        return _http.SendAsync(request, cancellationToken);
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
        var request = DockerRequest.Get(ContainersClient.PathOf(id) + "/archive", DockerObject.Container, $"read the file '{path}' of the container '{id}'") with
        {
            Query = DockerQuery.Pair("path", path),
        };
        try
        {
            using var response = await _http.OpenAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                return await FirstFileAsync(path, body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or FormatException or HttpRequestException)
        {
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
