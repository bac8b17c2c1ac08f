using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Decides between Docker and host. Pure.</summary>
internal static class ModeSelector
{
    /// <summary>Decides for one service.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="observed">What there is.</param>
    /// <param name="dockerFailure">Why Docker cannot be used; null when it can.</param>
    /// <exception cref="LocalZureException">Why the wanted mode cannot be had, or NameConflict when the service runs in the other one.</exception>
    public static ServiceMode Select(DesiredService desired, ObservedState observed, LocalZureException? dockerFailure)
    {
        var onHost = observed.HostProcesses.Any(process => (process.IsRunning || process.IsUnreachable) && process.Key == desired.Key);
        var inContainer = IsInContainer(desired.Key, observed);
        return desired.Mode switch
        {
            ServiceMode.Docker when dockerFailure is not null => throw dockerFailure,
            ServiceMode.Docker when onHost => throw RunsElsewhere(desired.Key, "as a host process"),
            ServiceMode.Docker => ServiceMode.Docker,
            ServiceMode.Host when inContainer => throw RunsElsewhere(desired.Key, "in a container"),
            ServiceMode.Host => ServiceMode.Host,
            _ when onHost => ServiceMode.Host,
            _ when dockerFailure is null => ServiceMode.Docker,
            _ when desired.Definition.Host is null => throw dockerFailure,
            _ => ServiceMode.Host,
        };
    }

    /// <summary>Whether host mode is taken for a service only because Docker is not there.</summary>
    /// <inheritdoc cref="Select"/>
    public static bool FallsBack(DesiredService desired, ObservedState observed, LocalZureException? dockerFailure) =>
        desired.Mode == ServiceMode.Auto
        && dockerFailure is not null
        && desired.Definition.Host is not null
        && !observed.HostProcesses.Any(process => (process.IsRunning || process.IsUnreachable) && process.Key == desired.Key);

    /// <summary>Whether a container of a service is there.</summary>
    public static bool IsInContainer(ServiceKey key, ObservedState observed) =>
        observed.Containers.Any(container => ContainerLabels.KeyOf(container.Labels) == key);

    private static LocalZureException RunsElsewhere(ServiceKey key, string where) => new(
        ErrorCode.NameConflict,
        $"{key} exists {where} already.",
        $"Stop it first with Stop-LzService {key.Name}{(key.Instance is null ? "" : $" -Instance {key.Instance}")}, or use another -Instance to start a copy beside it. Each mode has data of its own.")
    { Service = key.Name, Instance = key.Instance };
}
