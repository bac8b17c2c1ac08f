using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Doctor;

/// <summary>Whether the ports of the services are free, or held by these services themselves.</summary>
internal sealed class PortsCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "Ports";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        var project = await patient.ProjectAsync(cancellationToken).ConfigureAwait(false);
        if (project.Services.Count == 0)
        {
            return project.Skip(Name);
        }

        var ports = project.Services.SelectMany(service => service.Ports.Where(port => port.HostPort > 0 && port.Protocol == "tcp").Select(port => (Service: service, Port: port))).ToList();
        var taken = ports.Where(wanted => !PortAllocator.CanBind(wanted.Port.HostAddress, wanted.Port.HostPort)).ToList();
        var ours = taken.Count == 0 ? [] : await patient.ServicesAsync(cancellationToken).ConfigureAwait(false);
        taken.RemoveAll(wanted => ours.Any(service => IsItself(service, wanted.Service, wanted.Port)));
        return taken.Count == 0
            ? new CheckResult(Name, CheckStatus.Passed, ports.Count == 0 ? "The services take any free ports." : $"The ports {string.Join(", ", ports.Select(wanted => wanted.Port.HostPort))} are free or held by these services themselves.")
            : await ReportAsync(patient, taken, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsItself(Service running, DesiredService wanted, DesiredPort port) =>
        running.Name == wanted.Key.Name && running.Instance == wanted.Key.Instance && running.Ports.Any(bound => bound.HostPort == port.HostPort);

    private async Task<CheckResult> ReportAsync(Patient patient, List<(DesiredService Service, DesiredPort Port)> taken, CancellationToken cancellationToken)
    {
        var look = await patient.EngineAsync(cancellationToken).ConfigureAwait(false);
        var details = new List<string>();
        foreach (var (service, port) in taken)
        {
            var holder = await PortHolderFinder.DescribeAsync(look.Runtime, port.HostPort, cancellationToken).ConfigureAwait(false);
            details.Add($"Port {port.HostPort} ({port.Name} of {service.Key}) is taken by {holder}.");
        }

        // A default port that is taken is replaced by a free one; one that was asked for is not.
        return taken.Exists(wanted => wanted.Port.Explicit)
            ? new CheckResult(Name, CheckStatus.Failed, Summary(details), "Stop what holds the port, or choose another in localzure.yml or with -Port.") { Details = details }
            : new CheckResult(Name, CheckStatus.Warning, $"{Summary(details)} A start takes a free port instead.", "Stop what holds the port if tools expect the service there.") { Details = details };
    }

    private static string Summary(List<string> details) => details.Count == 1 ? details[0] : $"{details.Count} ports are taken: {details[0]}";
}
