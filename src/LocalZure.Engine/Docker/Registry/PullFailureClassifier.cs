namespace LocalZure.Engine.Docker.Registry;

/// <summary>Tells what a failed pull means. Engines pass the registry's words on, so the words decide; the first row that fits wins.</summary>
internal static class PullFailureClassifier
{
    private static readonly (ErrorCode Code, string[] Texts)[] Rows =
    [
        (ErrorCode.RegistryRateLimited, ["toomanyrequests", "too many requests", "rate limit", "status: 429", "status code 429"]),
        (ErrorCode.DiskFull, ["no space left on device"]),
        (ErrorCode.ImageArchitectureMismatch,
        [
            "no matching manifest for", // no matching manifest for linux/arm64/v8 in the manifest list entries
            "no image found in manifest list for architecture", // Podman
            "no image found in image index for architecture", // Podman
            "does not match the specified platform",
        ]),
        (ErrorCode.RegistryUnauthorized,
        [
            "pull access denied", // pull access denied for x, repository does not exist or may require 'docker login'
            "requested access to the resource is denied", // Podman
            "unauthorized",
            "authentication required",
            "no basic auth credentials",
            "access forbidden",
            "denied:",
            "403 forbidden",
        ]),
        (ErrorCode.ImageNotFound,
        [
            "manifest unknown", // manifest for x:1 not found: manifest unknown: manifest unknown
            "name unknown", // repository name not known to registry
            "repository name not known",
            "not found: does not exist",
            "failed to resolve reference", // containerd image store: ... : x:1: not found
            "invalid reference format",
        ]),
    ];

    private static readonly string[] UnreachableTexts =
    [
        "no such host", "connection refused", "i/o timeout", "network is unreachable", "no route to host", "connection reset",
        "server misbehaving", "tls handshake timeout", "context deadline exceeded", "client.timeout", "temporary failure in name resolution",
    ];

    /// <summary>The error of a pull that was refused.</summary>
    /// <param name="image">The image.</param>
    /// <param name="registry">Its registry.</param>
    /// <param name="message">The engine's message.</param>
    /// <param name="login">The credentials that were used.</param>
    /// <param name="cause">The refusal; null when it came in the stream.</param>
    public static LocalZureException Of(string image, string registry, string message, RegistryLogin login, Exception? cause)
    {
        var code = CodeOf(message);
        return new LocalZureException(code, Sentence(code, image, registry, message), RemedyOf(code, registry), cause)
        {
            Evidence = login.Problem is { } problem ? [message, problem] : [message],
        };
    }

    /// <summary>The error of a pull whose connection to the engine broke.</summary>
    public static LocalZureException Broken(string image, Exception cause) =>
        new(ErrorCode.ImagePullFailed, $"The pull of the image '{image}' was cut off: the connection to Docker broke.", "Try again; layers that are complete are not pulled again.", cause);

    private static ErrorCode CodeOf(string message)
    {
        // An address that cannot be reached comes first: "failed to resolve reference" stands before its reason.
        if (IsUnreachable(message))
        {
            return ErrorCode.ImagePullFailed;
        }

        foreach (var (code, texts) in Rows)
        {
            if (ContainsAny(message, texts))
            {
                return code;
            }
        }

        return message.Contains("manifest for ", StringComparison.OrdinalIgnoreCase) && message.Contains("not found", StringComparison.OrdinalIgnoreCase)
            ? ErrorCode.ImageNotFound
            : ErrorCode.ImagePullFailed;
    }

    private static string Sentence(ErrorCode code, string image, string registry, string message) => code switch
    {
        ErrorCode.RegistryRateLimited => $"The registry {registry} limits pulls, and the limit is reached: the image '{image}' was not pulled.",
        ErrorCode.DiskFull => $"No space is left on Docker's disk for the image '{image}'.",
        ErrorCode.ImageArchitectureMismatch => $"The image '{image}' has no variant for the architecture of this Docker engine.",
        ErrorCode.RegistryUnauthorized => $"The registry {registry} did not give the image '{image}': it does not exist there, or needs a login.",
        ErrorCode.ImageNotFound => $"The image '{image}' does not exist in the registry {registry}.",
        _ when IsUnreachable(message) => $"The image '{image}' could not be pulled: the registry {registry} cannot be reached.",
        _ => $"The image '{image}' could not be pulled: {message.TrimEnd('.')}.",
    };

    private static string? RemedyOf(ErrorCode code, string registry) => code switch
    {
        ErrorCode.RegistryUnauthorized => $"Check the image's name and tag; if they are right, sign in with 'docker login {registry}'.",
        _ => null,
    };

    private static bool IsUnreachable(string message) => ContainsAny(message, UnreachableTexts);

    private static bool ContainsAny(string message, string[] texts) =>
        Array.Exists(texts, text => message.Contains(text, StringComparison.OrdinalIgnoreCase));
}
