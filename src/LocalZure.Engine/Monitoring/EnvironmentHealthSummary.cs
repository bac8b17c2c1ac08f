namespace LocalZure.Engine.Monitoring;

/// <summary>Puts the health of services together to that of their environments. Pure.</summary>
internal static class EnvironmentHealthSummary
{
    // The ones that need a look first.
    private static readonly ServiceHealthStatus[] ByNeed =
        [ServiceHealthStatus.Unhealthy, ServiceHealthStatus.Starting, ServiceHealthStatus.Unknown, ServiceHealthStatus.Stopped, ServiceHealthStatus.Healthy];

    /// <summary>One per instance, the unnamed one first.</summary>
    public static IReadOnlyList<EnvironmentHealth> Of(IEnumerable<ServiceHealth> services) => services
        .GroupBy(service => service.Instance)
        .OrderBy(environment => environment.Key, StringComparer.Ordinal)
        .Select(environment => Of(environment.Key, environment.ToList()))
        .ToList();

    private static EnvironmentHealth Of(string? name, List<ServiceHealth> services) => new()
    {
        Name = name,
        Status = Judge(services),
        Healthy = services.Count(service => service.Status == ServiceHealthStatus.Healthy),
        Total = services.Count,
        Services = services.OrderBy(service => Array.IndexOf(ByNeed, service.Status)).ThenBy(service => service.Service, StringComparer.Ordinal).ToList(),
        CheckedAt = services.Max(service => service.CheckedAt),
    };

    // A service that was stopped takes nothing away from the others; one that failed does.
    private static ServiceHealthStatus Judge(List<ServiceHealth> services)
    {
        if (services.Exists(HasFailed))
        {
            return ServiceHealthStatus.Unhealthy;
        }

        var statuses = services.Select(service => service.Status).Where(status => status != ServiceHealthStatus.Stopped).ToHashSet();
        return statuses.Count == 0 ? ServiceHealthStatus.Stopped : ByNeed.First(statuses.Contains);
    }

    // 130, 137 and 143 are 128 plus SIGINT, SIGKILL and SIGTERM: it was asked to end.
    private static bool HasFailed(ServiceHealth service) =>
        service.Status == ServiceHealthStatus.Stopped && (service.Container.OutOfMemory || service.Container.ExitCode is not (null or 0 or 130 or 137 or 143));
}
