using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Finds environments: what labels, the registry and the notes of their users tell, put together by instance.</summary>
internal sealed class EnvironmentReader
{
    private readonly ServiceReader _reader;
    private readonly EnvironmentUserRegistry _users;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="reader">Finds the services.</param>
    /// <param name="users">Who uses which environment.</param>
    /// <param name="time">The clock.</param>
    public EnvironmentReader(ServiceReader reader, EnvironmentUserRegistry users, TimeProvider time)
    {
        _reader = reader;
        _users = users;
        _time = time;
    }

    /// <summary>Finds the environments of a query, the unnamed one first.</summary>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public async Task<IReadOnlyList<EnvironmentInfo>> ReadAsync(EnvironmentQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var patterns = query.Names.Select(name => new NamePattern(name)).ToList();
        var (services, observation) = await _reader.FindAsync(new ServiceQuery { IncludeStopped = true, IncludeData = true }, events, cancellationToken).ConfigureAwait(false);
        var networks = await ListNetworksAsync(observation.Runtime, cancellationToken).ConfigureAwait(false);
        var volumes = await ListVolumesAsync(observation.Runtime, cancellationToken).ConfigureAwait(false);
        var containers = observation.State.Containers.Concat(observation.State.SetAside).ToList();
        var names = services.Select(service => service.Instance)
            .Concat(containers.Select(container => InstanceOf(container.Labels)))
            .Concat(networks.Select(network => InstanceOf(network.Labels)))
            .Concat(volumes.Select(volume => InstanceOf(volume.Labels)))
            .Concat(_users.Names)
            .Distinct(StringComparer.Ordinal)
            .Where(name => patterns.Count == 0 || patterns.Exists(pattern => Matches(pattern, name)))
            .Order(StringComparer.Ordinal);
        var youngest = _time.GetUtcNow() - (query.OlderThan ?? TimeSpan.Zero);
        List<EnvironmentInfo> found = [];
        foreach (var name in names)
        {
            var parts = new EnvironmentParts(
                name,
                services.Where(service => service.Instance == name).ToList(),
                containers.Where(container => InstanceOf(container.Labels) == name).ToList(),
                networks.Where(network => InstanceOf(network.Labels) == name).ToList(),
                volumes.Where(volume => InstanceOf(volume.Labels) == name).ToList(),
                name is null ? [] : await _users.ReadAsync(name, cancellationToken).ConfigureAwait(false));
            found.Add(parts.ToInfo(isEphemeral: _users.Knows(name)));
        }

        return found.FindAll(environment => query.OlderThan is null || environment.CreatedAt <= youngest);
    }

    /// <summary>Whether somebody still uses an environment.</summary>
    public static bool IsLive(EnvironmentUser user) => !user.IsReleased && OwnerIdentity.Judge(user.Owner) != OwnerState.Dead;

    // As with services: a wildcard means named ones, the empty name the unnamed one.
    private static bool Matches(NamePattern pattern, string? name) => name is null ? pattern.Matches("") && !pattern.HasWildcard : pattern.Matches(name);

    private static string? InstanceOf(IReadOnlyDictionary<string, string> labels) => ContainerLabels.InstanceOf(labels);

    private static async Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IContainerRuntime? runtime, CancellationToken cancellationToken) =>
        runtime is null ? [] : (await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false)).Where(Ownership.IsOurs).ToList();

    private static async Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IContainerRuntime? runtime, CancellationToken cancellationToken) =>
        runtime is null ? [] : (await runtime.ListVolumesAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false)).Where(Ownership.IsOurs).ToList();
}
