using System.Text.Json;
using Docker.DotNet;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Puts a refusal in the engine's words.</summary>
internal static class RefusalReader
{
    private const int MaxPlainText = 500;

    /// <summary>What stands before the engine's own words in the message.</summary>
    public static string Prefix(DockerCall call) => $"Docker could not {call.Action}: ";

    /// <summary>The exception for a refusal.</summary>
    public static ContainerRuntimeException Read(DockerCall call, DockerApiException refusal)
    {
        var status = (int)refusal.StatusCode;
        var message = Message(refusal.ResponseBody ?? "", status);
        return new ContainerRuntimeException(
            DockerFailureClassifier.Classify(call.About, status, message),
            $"{Prefix(call)}{message.TrimEnd('.')}.",
            status);
    }

    private static string Message(string body, int status)
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

        var text = body.Trim().ReplaceLineEndings(" ");
        return text.Length == 0 ? $"it answered with status {status}" : text[..Math.Min(text.Length, MaxPlainText)];
    }
}
