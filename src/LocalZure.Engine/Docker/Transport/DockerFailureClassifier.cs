using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>
/// Tells what a refusal means to the engine. The status says most; where engines use one status for several
/// things, or different ones for the same, the message decides. The texts are Docker's (20.10 to 29) and Podman's (4 and 5).
/// </summary>
internal static class DockerFailureClassifier
{
    private static readonly string[] PortTexts =
    [
        "port is already allocated", // Bind for 127.0.0.1:80 failed: port is already allocated
        "address already in use", // listen tcp4 127.0.0.1:80: bind: address already in use
        "ports are not available", // Docker Desktop: Ports are not available: exposing port TCP ...
        "failed to bind host port", // Docker 28: failed to bind host port 127.0.0.1:80/tcp: ...
        "cannot expose privileged port", // Podman and rootless Docker: rootlessport cannot expose privileged port 80, ...
    ];

    private static readonly string[] ImageTexts =
    [
        "no such image", // No such image: x:1
        "image not known", // Podman: x:1: image not known
        "failed to find image", // Podman 3
    ];

    private static readonly string[] NetworkTexts =
    [
        "network not found", // Podman: unable to find network with name or ID x: network not found
        "no such network", // No such network: x
        "could not find a network matching", // Docker 26
        "network mode", // Docker 26: ... network mode x: network x not found
    ];

    private static readonly string[] InitTexts =
    [
        "exec: \"docker-init\": executable file not found", // Docker, at the start: exec: "docker-init": executable file not found in $PATH
        "container-init binary", // Podman 4, at the creation: container-init binary not found on the host: ...
        "lookup init binary", // Podman 5: lookup init binary: could not find "catatonit" in one of [...]
        "could not find \"catatonit\"",
    ];

    private static readonly string[] InUseTexts =
    [
        "has active endpoints", // error while removing network: network x id ... has active endpoints
        "volume is in use", // remove x: volume is in use - [...]
        "is being used", // Podman: volume x is being used by the following container(s): ...
        "has associated containers with it", // Podman: "x" has associated containers with it. Use -f ...
    ];

    /// <summary>Classifies a refusal.</summary>
    /// <param name="about">What the request was about.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">The engine's message.</param>
    public static RuntimeFailure Classify(DockerObject about, int status, string message)
    {
        if (message.Contains("no space left on device", StringComparison.OrdinalIgnoreCase))
        {
            return RuntimeFailure.NoSpace;
        }

        return about switch
        {
            DockerObject.Container => ClassifyContainer(status, message),
            DockerObject.Network or DockerObject.Volume => ClassifyResource(status, message),
            DockerObject.Image when status == 404 => RuntimeFailure.ImageMissing,
            _ => ClassifyStatus(status),
        };
    }

    private static RuntimeFailure ClassifyContainer(int status, string message)
    {
        if (MentionsPort(message))
        {
            return RuntimeFailure.PortUnavailable;
        }

        if (ContainsAny(message, InitTexts))
        {
            return RuntimeFailure.InitMissing;
        }

        if (ContainsAny(message, ImageTexts))
        {
            return RuntimeFailure.ImageMissing;
        }

        if (MentionsMissingNetwork(message))
        {
            return RuntimeFailure.NetworkMissing;
        }

        return status switch
        {
            404 => RuntimeFailure.ContainerMissing,
            409 => RuntimeFailure.Conflict,
            500 when message.Contains("is already in use by", StringComparison.OrdinalIgnoreCase) => RuntimeFailure.Conflict, // Podman 3 and 4
            _ => ClassifyStatus(status),
        };
    }

    private static RuntimeFailure ClassifyResource(int status, string message)
    {
        if (ContainsAny(message, InUseTexts))
        {
            return RuntimeFailure.InUse;
        }

        return status == 409 || message.Contains("already exists", StringComparison.OrdinalIgnoreCase)
            ? RuntimeFailure.Conflict
            : ClassifyStatus(status);
    }

    private static RuntimeFailure ClassifyStatus(int status) => status switch
    {
        400 => RuntimeFailure.BadRequest,
        >= 500 => RuntimeFailure.Transient,
        _ => RuntimeFailure.Other,
    };

    private static bool MentionsPort(string message) =>
        ContainsAny(message, PortTexts)
        || (message.Contains("listen ", StringComparison.OrdinalIgnoreCase) && message.Contains("bind:", StringComparison.OrdinalIgnoreCase));

    // "network x not found", also behind "failed to set up container networking: "
    private static bool MentionsMissingNetwork(string message) =>
        message.Contains("network", StringComparison.OrdinalIgnoreCase)
        && (ContainsAny(message, NetworkTexts) || message.Contains(" not found", StringComparison.OrdinalIgnoreCase)
            // "network localzure is ambiguous (2 matches found on name)": two were made at the same moment, one will go.
            || message.Contains(" is ambiguous", StringComparison.OrdinalIgnoreCase));

    private static bool ContainsAny(string message, string[] texts) =>
        Array.Exists(texts, text => message.Contains(text, StringComparison.OrdinalIgnoreCase));
}
