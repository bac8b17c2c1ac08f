using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Commands;

/// <summary>What was found of one environment. Pure.</summary>
/// <param name="Name">The instance; null for the unnamed one.</param>
/// <param name="Services">Its services.</param>
/// <param name="Containers">Its containers.</param>
/// <param name="Networks">Its networks; two for a moment when two machines have made one at once.</param>
/// <param name="Volumes">Its volumes.</param>
/// <param name="Users">Its uses that are noted, those of dead processes included.</param>
internal sealed record EnvironmentParts(
    string? Name,
    IReadOnlyList<Service> Services,
    IReadOnlyList<ContainerSummary> Containers,
    IReadOnlyList<NetworkSummary> Networks,
    IReadOnlyList<VolumeSummary> Volumes,
    IReadOnlyList<EnvironmentUser> Users)
{
    /// <summary>As users see it.</summary>
    /// <param name="isEphemeral">Whether it is noted to go with its last user.</param>
    public EnvironmentInfo ToInfo(bool isEphemeral) => new()
    {
        Name = Name,
        Project = Services.Select(service => service.Project).FirstOrDefault(project => project is not null),
        Services = Services,
        Modes = Services.Select(service => service.Mode).Distinct().Order().ToList(),
        ConnectionStrings = Merged(Services),
        Network = Networks.Select(network => network.Name).FirstOrDefault(),
        Volumes = Volumes.Select(volume => volume.Name).Order(StringComparer.Ordinal).ToList(),
        CreatedAt = Moments().Min(),
        IsEphemeral = isEphemeral || Containers.Any(container => ContainerLabels.AreEphemeral(container.Labels)) || Volumes.Any(volume => ContainerLabels.AreEphemeral(volume.Labels)),
        Users = Users.Count(EnvironmentReader.IsLive),
    };

    private static Dictionary<string, string> Merged(IReadOnlyList<Service> services)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in services.SelectMany(service => service.ConnectionStrings))
        {
            merged.TryAdd(name, value);
        }

        return merged;
    }

    private IEnumerable<DateTimeOffset?> Moments() =>
    [
        .. Containers.Select(container => (DateTimeOffset?)container.CreatedAt),
        .. Networks.Select(network => (DateTimeOffset?)network.CreatedAt),
        .. Volumes.Select(volume => volume.CreatedAt),
        .. Services.Where(service => service.Mode == ServiceMode.Host).Select(service => service.StartedAt),
        .. Users.Select(user => (DateTimeOffset?)user.AcquiredAt),
    ];
}
