using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Reads containers from the words of the Engine API.</summary>
internal static class ContainerMapper
{
    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>A container of a list.</summary>
    public static ContainerSummary Summary(ContainerListBody body) => new()
    {
        Id = body.Id ?? "",
        Name = NameOf(body.Names),
        Image = body.Image ?? "",
        State = StateOf(body.State),
        Status = body.Status ?? "",
        Labels = body.Labels ?? NoLabels,
        Ports = HasPorts(StateOf(body.State)) ? PortMapper.FromList(body.Ports) : [],
        Mounts = MountsOf(body.Mounts),
        Networks = NetworksOf(body.NetworkSettings),
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(body.Created),
    };

    /// <summary>An inspected container.</summary>
    public static ContainerDetails Details(ContainerInspectBody body) => new()
    {
        Id = body.Id ?? "",
        Name = (body.Name ?? "").TrimStart('/'),
        Image = body.Config?.Image ?? "",
        ImageId = body.Image ?? "",
        State = StateOf(body.State?.Status),
        ExitCode = body.State?.ExitCode ?? 0,
        OutOfMemory = body.State?.OOMKilled ?? false,
        Error = body.State?.Error ?? "",
        StartedAt = body.State?.StartedAt,
        FinishedAt = body.State?.FinishedAt,
        CreatedAt = body.Created ?? DateTimeOffset.MinValue,
        RestartCount = body.RestartCount,
        HealthStatus = body.State?.Health?.Status is { } health and not ("" or "none") ? health : null,
        Tty = body.Config?.Tty ?? false,
        Environment = EnvironmentOf(body.Config?.Env),
        Labels = body.Config?.Labels ?? NoLabels,
        Ports = HasPorts(StateOf(body.State?.Status)) ? PortMapper.FromBindings(body.NetworkSettings?.Ports) : [],
        Mounts = MountsOf(body.Mounts),
        Networks = NetworksOf(body.NetworkSettings),
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

    // Podman also tells the ports of a container that does not run; they are not bound then.
    private static bool HasPorts(ContainerState state) =>
        state is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;

    // ["/localzure-azurite"]; a legacy link adds "/other/alias".
    private static string NameOf(List<string>? names) =>
        (names?.Find(name => name.LastIndexOf('/') <= 0) ?? names?.FirstOrDefault() ?? "").TrimStart('/');

    // ["PATH=/usr/bin", "EMPTY=", "NO_VALUE"]
    private static Dictionary<string, string> EnvironmentOf(List<string>? variables)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in variables ?? [])
        {
            if (variable.Split('=', 2) is [var name, var value])
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    private static List<ContainerMount> MountsOf(List<MountPointBody>? mounts) =>
        mounts is null or { Count: 0 } ? [] : mounts.ConvertAll(MountOf);

    private static ContainerMount MountOf(MountPointBody mount) => new(
        mount.Type switch
        {
            "volume" => MountKind.Volume,
            "tmpfs" => MountKind.Tmpfs,
            _ => MountKind.Bind,
        },
        mount.Name ?? "",
        mount.Source ?? "",
        mount.Destination ?? "");

    private static IReadOnlyList<string> NetworksOf(NetworkSettingsBody? settings) =>
        settings?.Networks is { Count: > 0 } networks ? [.. networks.Keys] : [];
}
