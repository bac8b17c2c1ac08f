using System.Text;
using System.Text.Json;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Builds images with the engine's own builder and reads what it says as it comes.</summary>
internal sealed class ImageBuildClient
{
    private readonly DockerHttp _http;
    private readonly BuildLogins _logins;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="credentials">Finds credentials of registries.</param>
    /// <param name="imageExists">Whether an image is on the engine.</param>
    public ImageBuildClient(DockerHttp http, RegistryCredentials credentials, Func<string, CancellationToken, Task<bool>> imageExists)
    {
        _http = http;
        _logins = new BuildLogins(credentials, imageExists);
    }

    /// <inheritdoc cref="IContainerRuntime.BuildImageAsync"/>
    public async Task BuildAsync(BuildSpec spec, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var logins = await _logins.FindAsync(spec, cancellationToken).ConfigureAwait(false);
        var mask = new ArgumentMask(spec.Arguments);
        var output = new BuildOutput(mask, progress, spec.Labels.Count);
        var request = RequestOf(spec) with { RegistryConfig = BuildLogins.HeaderOf(logins) };
        try
        {
            using var response = await _http.OpenAsync(request, cancellationToken).ConfigureAwait(false);
            await ReadAsync(spec.Tag, response, output, mask, logins, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode is not null)
        {
            throw BuildFailures.Refused(spec.Tag, mask.Apply(refusal.Message[RefusalReader.Prefix(request).Length..]), refusal);
        }
        catch (Exception problem) when (DockerFaults.IsFault(problem) || problem is ContainerRuntimeException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw BuildFailures.Broken(spec.Tag, output, problem);
        }
    }

    private static DockerRequest RequestOf(BuildSpec spec) => DockerRequest.Post("/build", DockerObject.Image, $"build the image '{spec.Tag}'") with
    {
        Query = DockerQuery.Join(
            DockerQuery.Pair("t", spec.Tag),
            DockerQuery.Pair("dockerfile", spec.Dockerfile),
            spec.Target is { } target ? DockerQuery.Pair("target", target) : "",
            spec.NoCache ? "nocache=1" : "",
            DockerQuery.Pair("buildargs", JsonSerializer.Serialize(spec.Arguments, DockerJsonContext.Default.Texts)),
            DockerQuery.Pair("labels", JsonSerializer.Serialize(spec.Labels, DockerJsonContext.Default.Texts)),

            // The containers of steps go, also of the one that failed.
            "rm=1&forcerm=1"),
        Content = () => new BuildContextContent(spec.Files),
        Limit = Timeout.InfiniteTimeSpan,
    };

    private static async Task ReadAsync(string tag, HttpResponseMessage response, BuildOutput output, ArgumentMask mask, IReadOnlyDictionary<string, RegistryLogin> logins, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            // {"stream":"Step 1/2 : FROM x"}  {"status":"Downloading","id":"a1b2c3"}  {"errorDetail":{"code":3,"message":"..."},"error":"..."}
            var message = JsonSerializer.Deserialize(line, DockerJsonContext.Default.BuildMessageBody) ?? new BuildMessageBody();
            if ((message.ErrorDetail?.Message ?? message.Error) is { Length: > 0 } error)
            {
                output.End();
                throw BuildFailures.Of(tag, mask.Apply(error.Trim()), message.ErrorDetail?.Code, output, logins);
            }

            output.Add(message.Output ?? "");
            if (message.Status is { Length: > 0 } status)
            {
                output.AddStatus(message.Id is { Length: > 0 } id ? $"{id}: {status}" : status);
            }
        }

        output.End();
    }
}
