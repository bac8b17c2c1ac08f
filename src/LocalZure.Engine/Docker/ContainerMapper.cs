using System.Collections.ObjectModel;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>Reads containers from the words of the Engine API.</summary>
internal static class ContainerMapper
{
    private static readonly ReadOnlyDictionary<string, string> NoLabels = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>An inspected container.</summary>
    public static ContainerDetails Details(ContainerInspectResponse body) => new()
    {
        Id = body.ID ?? "",
        Name = (body.Name ?? "").TrimStart('/'),
        Image = body.Config?.Image ?? "",
        ImageId = body.Image ?? "",
        State = StateOf(body.State?.Status),
        ExitCode = (int)(body.State?.ExitCode ?? 0),
        OutOfMemory = body.State?.OOMKilled ?? false,
        Error = body.State?.Error ?? "",
        StartedAt = EngineTime.Of(body.State?.StartedAt),
        FinishedAt = EngineTime.Of(body.State?.FinishedAt),
        CreatedAt = EngineTime.Of(body.Created) ?? DateTimeOffset.MinValue,
        RestartCount = (int)body.RestartCount,
        HealthStatus = body.State?.Health?.Status is { } health and not ("" or "none") ? health : null,
        Tty = body.Config?.Tty ?? false,
        Environment = EnvironmentOf(body.Config?.Env),
        Labels = body.Config?.Labels?.AsReadOnly() ?? NoLabels,
        Ports = HasPorts(StateOf(body.State?.Status)) ? PortMapper.FromBindings(body.NetworkSettings?.Ports) : [],
        Mounts = MountsOf(body.Mounts),
        Networks = NetworksOf(body.NetworkSettings?.Networks),
    };

    /// <summary>The state that a word of Docker or Podman means.</summary>
    public static ContainerState StateOf(string? word) => word switch
    {
        "created" or "configured" or "initialized" => ContainerState.Created,
        "running" or "stopping" => ContainerState.Running,
        "paused" => ContainerState.Paused,
        "restarting" => ContainerState.Restarting,
        "removing" => ContainerState.Removing,
        "exited" or "stopped" => ContainerState.Exited,
        "dead" => ContainerState.Dead,
        _ => ContainerState.Unknown,
    };

    /// <summary>Whether the ports that are told are bound: Podman also tells those of a container that does not run.</summary>
    public static bool HasPorts(ContainerState state) =>
        state is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;

    /// <summary>The name among those of a list's entry: <c>/localzure-azurite</c>; a legacy link adds <c>/other/alias</c>.</summary>
    public static string NameOf(IReadOnlyList<string> names) =>
        (names.FirstOrDefault(name => name.LastIndexOf('/') <= 0) ?? (names is [var first, ..] ? first : "")).TrimStart('/');

    /// <summary>A mount.</summary>
    public static ContainerMount MountOf(string? type, string? name, string? source, string? destination) => new(
        type switch
        {
            "volume" => MountKind.Volume,
            "tmpfs" => MountKind.Tmpfs,
            _ => MountKind.Bind,
        },
        name ?? "",
        source ?? "",
        destination ?? "");

    // ["PATH=/usr/bin", "EMPTY=", "NO_VALUE"]
    private static Dictionary<string, string> EnvironmentOf(IList<string>? variables)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in Answers.Present(variables))
        {
            if (variable.Split('=', 2) is [var name, var value])
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    private static IReadOnlyList<ContainerMount> MountsOf(IList<MountPoint>? mounts) =>
        mounts is null or { Count: 0 } ? [] : [.. Answers.Present(mounts).Select(mount => MountOf(mount.Type, mount.Name, mount.Source, mount.Destination))];

    private static IReadOnlyList<string> NetworksOf(IDictionary<string, EndpointSettings>? networks) =>
        networks is { Count: > 0 } ? [.. networks.Keys] : [];
}
