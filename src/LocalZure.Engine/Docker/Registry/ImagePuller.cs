using System.Text;
using System.Text.Json;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Registry;

/// <summary>Pulls images and reads the progress as it comes.</summary>
internal sealed class ImagePuller
{
    private readonly DockerHttp _http;
    private readonly RegistryCredentials _credentials;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="credentials">Finds credentials of registries.</param>
    public ImagePuller(DockerHttp http, RegistryCredentials credentials)
    {
        _http = http;
        _credentials = credentials;
    }

    /// <inheritdoc cref="IContainerRuntime.PullImageAsync"/>
    public async Task PullAsync(string image, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(image);
        var login = await _credentials.FindAsync(reference.Registry, cancellationToken).ConfigureAwait(false);
        var request = DockerRequest.Post("/images/create", DockerObject.Image, $"pull the image '{image}'") with
        {
            Query = DockerQuery.Join(DockerQuery.Pair("fromImage", reference.Name), DockerQuery.Pair("tag", reference.Version)),
            RegistryAuth = login.Header,
            Limit = Timeout.InfiniteTimeSpan,
        };
        try
        {
            using var response = await _http.OpenAsync(request, cancellationToken).ConfigureAwait(false);
            await ReadAsync(image, response, progress, login, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal)
        {
            throw PullFailureClassifier.Of(image, reference.Registry, MessageOf(request, refusal), login, refusal);
        }
        catch (Exception problem) when (DockerFaults.IsFault(problem))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PullFailureClassifier.Broken(image, problem);
        }
    }

    // The engine's own words, without what the request adds before them.
    private static string MessageOf(DockerRequest request, ContainerRuntimeException refusal)
    {
        var prefix = RefusalReader.Prefix(request);
        return refusal.Message.StartsWith(prefix, StringComparison.Ordinal) ? refusal.Message[prefix.Length..] : refusal.Message;
    }

    private static async Task ReadAsync(string image, HttpResponseMessage response, IProgress<PullProgress>? progress, RegistryLogin login, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            // {"status":"Downloading","progressDetail":{"current":1024,"total":4096},"progress":"[=> ] 1kB/4kB","id":"a1b2c3"}
            var message = JsonSerializer.Deserialize(line, DockerJsonContext.Default.PullMessageBody) ?? new PullMessageBody();
            if ((message.ErrorDetail?.Message ?? message.Error) is { Length: > 0 } error)
            {
                throw PullFailureClassifier.Of(image, ImageReference.Parse(image).Registry, error, login, null);
            }

            Report(image, message, progress);
        }
    }

    private static void Report(string image, PullMessageBody message, IProgress<PullProgress>? progress)
    {
        if (message.Status is { Length: > 0 } status)
        {
            progress?.Report(new PullProgress(image, message.Id is { Length: > 0 } id ? id : null, status, message.ProgressDetail?.Current, message.ProgressDetail?.Total));
        }
    }
}
