using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Shows containers as services. Pure.</summary>
internal static class ContainerServiceMapper
{
    /// <summary>A container of a list.</summary>
    /// <param name="container">The container.</param>
    /// <param name="observed">What is in flight.</param>
    public static Service Map(ContainerSummary container, ObservedState observed)
    {
        var state = StateOf(container.State, null, false, container.Labels, observed);
        return Map(container.Name, container.Id, container.Image, container.Labels, container.Ports, container.Mounts, container.Networks) with
        {
            State = state,
            Health = HealthOf(state, HealthIn(container.Status)),
        };
    }

    /// <summary>An inspected container.</summary>
    /// <inheritdoc cref="Map(ContainerSummary, ObservedState)"/>
    public static Service Map(ContainerDetails container, ObservedState observed)
    {
        var ended = container.State is ContainerState.Exited or ContainerState.Dead;
        var state = StateOf(container.State, ended ? container.ExitCode : null, container.OutOfMemory, container.Labels, observed);
        return Map(container.Name, container.Id, container.Image, container.Labels, container.Ports, container.Mounts, container.Networks) with
        {
            State = state,
            Health = HealthOf(state, container.HealthStatus),
            StartedAt = container.StartedAt,
            RestartCount = container.RestartCount,
            ExitCode = ended ? container.ExitCode : null,
            LastError = LastError(container, state),
        };
    }

    private static Service Map(
        string name,
        string id,
        string image,
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyList<PortMapping> ports,
        IReadOnlyList<ContainerMount> mounts,
        IReadOnlyList<string> networks)
    {
        var key = ContainerLabels.KeyOf(labels) ?? new ServiceKey(name, null);
        var definition = DefinitionNote.Read(labels);
        return ServiceFiller.Fill(definition, new Service
        {
            Name = key.Name,
            Instance = key.Instance,
            ContainerName = name,
            ContainerId = id,
            Mode = ServiceMode.Docker,
            State = ServiceState.NotCreated,
            Image = image,
            Ports = ports.Select(port => ToServicePort(definition, port)).ToList(),
            Volumes = mounts.Where(mount => mount.Kind != MountKind.Tmpfs).Select(mount => ToVolume(key, mount)).ToList(),
            Network = networks.Count > 0 ? networks[0] : null,
            Lifetime = ContainerLabels.LifetimeOf(labels),
            ExpiresAt = ContainerLabels.ExpiresAt(labels),
            Secrets = ContainerLabels.SecretsOf(labels),
            Definition = definition,
            Project = Labels.ValueOf(labels, Labels.Project) is { } project ? VisibleText.Of(project) : null,
        });
    }

    private static ServicePort ToServicePort(ServiceDefinition? definition, PortMapping port)
    {
        var name = definition?.Ports.FirstOrDefault(candidate => candidate.ContainerPort == port.ContainerPort && candidate.Protocol == port.Protocol)?.Name;
        return new ServicePort(name ?? $"{port.ContainerPort}", port.ContainerPort, port.HostAddress, port.HostPort, port.Protocol);
    }

    private static ServiceVolume ToVolume(ServiceKey key, ContainerMount mount)
    {
        var prefix = key.VolumeName("");
        return mount.Kind == MountKind.Bind
            ? new ServiceVolume("", VisibleText.Of(mount.Source), VisibleText.Of(mount.Target), "bind")
            : new ServiceVolume(mount.Name.StartsWith(prefix, StringComparison.Ordinal) ? mount.Name[prefix.Length..] : mount.Name, mount.Name, VisibleText.Of(mount.Target), "volume");
    }

    private static ServiceState StateOf(ContainerState state, int? exitCode, bool outOfMemory, IReadOnlyDictionary<string, string> labels, ObservedState observed)
    {
        var operation = labels.GetValueOrDefault(Labels.Operation);
        return state switch
        {
            ContainerState.Created => observed.IsInFlight(operation) ? ServiceState.Creating : ServiceState.Failed,
            ContainerState.Running or ContainerState.Restarting => observed.IsInFlight(operation) ? ServiceState.Starting : ServiceState.Running,
            ContainerState.Paused => ServiceState.Paused,
            ContainerState.Removing => ServiceState.Stopping,
            ContainerState.Exited => outOfMemory || !IsOrdinaryEnd(exitCode) ? ServiceState.Failed : ServiceState.Stopped,
            _ => ServiceState.Failed,
        };
    }

    // 130, 137 and 143 are 128 plus SIGINT, SIGKILL and SIGTERM: it was asked to end.
    private static bool IsOrdinaryEnd(int? exitCode) => exitCode is null or 0 or 130 or 137 or 143;

    private static ServiceHealthStatus HealthOf(ServiceState state, string? own) => state switch
    {
        ServiceState.Creating or ServiceState.Starting => ServiceHealthStatus.Starting,
        ServiceState.Running => own switch
        {
            "healthy" => ServiceHealthStatus.Healthy,
            "unhealthy" => ServiceHealthStatus.Unhealthy,
            "starting" => ServiceHealthStatus.Starting,
            _ => ServiceHealthStatus.Unknown,
        },
        ServiceState.Paused => ServiceHealthStatus.Unknown,
        _ => ServiceHealthStatus.Stopped,
    };

    // A list shows the result of a HEALTHCHECK in its text only: "Up 3 seconds (healthy)", "(health: starting)".
    private static string? HealthIn(string status) => status switch
    {
        _ when status.EndsWith("(healthy)", StringComparison.Ordinal) => "healthy",
        _ when status.EndsWith("(unhealthy)", StringComparison.Ordinal) => "unhealthy",
        _ when status.EndsWith("(health: starting)", StringComparison.Ordinal) => "starting",
        _ => null,
    };

    private static string? LastError(ContainerDetails container, ServiceState state) => state switch
    {
        _ when container.OutOfMemory => "It was ended for lack of memory.",
        _ when container.Error.Length > 0 => SecretSanitizer.Sanitize(VisibleText.Of(container.Error)),
        ServiceState.Failed when container.State == ContainerState.Exited => $"It ended with exit code {container.ExitCode}.",
        ServiceState.Failed when container.State == ContainerState.Created => "It was created but never started.",
        _ => null,
    };
}
