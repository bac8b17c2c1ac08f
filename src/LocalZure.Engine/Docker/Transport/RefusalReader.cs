using System.Text;
using System.Text.Json;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Makes an exception of a refusal.</summary>
internal static class RefusalReader
{
    private const int MaxBody = 64 * 1024;
    private const int MaxPlainText = 500;

    /// <summary>What stands before the engine's own words in the message.</summary>
    public static string Prefix(DockerRequest request) => $"Docker could not {request.Action}: ";

    /// <summary>Reads the refusal, but no more of it than a message can be long.</summary>
    public static async Task<ContainerRuntimeException> ReadAsync(DockerRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var message = Message(await ReadStartAsync(response, cancellationToken).ConfigureAwait(false), status);
        return new ContainerRuntimeException(
            DockerFailureClassifier.Classify(request.About, status, message),
            $"{Prefix(request)}{message.TrimEnd('.')}.",
            status);
    }

    private static async Task<byte[]> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[MaxBody];
            var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return buffer[..length];
        }
    }

    private static string Message(byte[] body, int status)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, DockerJsonContext.Default.ErrorBody)?.Message is { Length: > 0 } message)
            {
                return message.Trim();
            }
        }
        catch (JsonException)
        {
            // Not the engine's own answer, for example a proxy's page; its text is still the best message there is.
        }

        var text = Encoding.UTF8.GetString(body).Trim().ReplaceLineEndings(" ");
        return text.Length == 0 ? $"it answered with status {status}" : text[..Math.Min(text.Length, MaxPlainText)];
    }
}
