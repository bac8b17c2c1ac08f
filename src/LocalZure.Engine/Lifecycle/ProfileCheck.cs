using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Lets the profile <c>test</c> of a call not take the place of what somebody works with. Pure.</summary>
internal static class ProfileCheck
{
    /// <summary>Checks all services of a call. What runs for a session is made anew as usual.</summary>
    /// <param name="desired">The services.</param>
    /// <param name="observed">What there is.</param>
    /// <exception cref="LocalZureException">ParameterInvalid, naming every service that would be replaced by one which ends with the session.</exception>
    public static void Check(IReadOnlyList<DesiredService> desired, ObservedState observed)
    {
        var replaced = desired.Where(service => service.IsForTest && IsKeptFor(service.Key, observed)).ToList();
        if (replaced.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", replaced.Select(service => service.Key.ToString()));
        throw new LocalZureException(
            ErrorCode.ParameterInvalid,
            $"{names} {(replaced.Count == 1 ? "runs" : "run")} already and would be replaced by what the profile test starts, which ends with this session.",
            "Use -Instance to start copies for tests beside it, or stop it first with Stop-LzService.")
        { Service = replaced[0].Key.Name, Instance = replaced[0].Key.Instance };
    }

    private static bool IsKeptFor(ServiceKey key, ObservedState observed) =>
        observed.Containers.Any(container => ContainerLabels.KeyOf(container.Labels) == key && container.State is (ContainerState.Running or ContainerState.Paused) && ContainerLabels.LifetimeOf(container.Labels) == ServiceLifetime.Persistent)
        || observed.HostProcesses.Any(process => process.Key == key && process is { IsRunning: true, Entry.Lifetime: ServiceLifetime.Persistent });
}
