using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Orphans;

/// <summary>Finds what of ours has no reason to exist. Pure: everything it needs to know is given to it.</summary>
internal sealed class OrphanFinder
{
    private const string StartDied = "the start that created it died before it finished";

    private readonly ObservedState _observed;
    private readonly Func<string?, OwnerState> _judge;
    private readonly DateTimeOffset _now;

    /// <summary>Creates one.</summary>
    /// <param name="observed">Everything of ours but networks.</param>
    /// <param name="judge">Whether an owner still runs. An owner that cannot be looked at is never dead.</param>
    /// <param name="now">The time.</param>
    public OrphanFinder(ObservedState observed, Func<string?, OwnerState> judge, DateTimeOffset now)
    {
        _observed = observed;
        _judge = judge;
        _now = now;
    }

    /// <summary>An owner that still runs, or cannot be looked at, may need a network that was made so recently: an image is pulled meanwhile.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(15);

    /// <summary>Orphans among containers and host processes.</summary>
    public IReadOnlyList<Orphan> FindServices() =>
    [
        .. _observed.Containers.Select(Judge).OfType<Orphan>(),
        .. _observed.SetAside.Select(JudgeSetAside).OfType<Orphan>(),
        .. _observed.HostProcesses.Select(Judge).OfType<Orphan>(),
    ];

    /// <summary>
    /// Containers whose name a start has taken and which has died before it made their successor. They are what there is of their
    /// service, with its data: they get their name back.
    /// </summary>
    public IReadOnlyList<ContainerSummary> FindWithoutName() => _observed.Containers
        .Where(container => IsWithoutName(container) && Judge(container) is null
            && _observed.Replacements.TryGetValue(container.Id, out var start) && _observed.HasDied(start))
        .ToList();

    /// <summary>Files of the LocalZure home that cannot be read.</summary>
    public IReadOnlyList<Orphan> FindFiles() =>
        _observed.Unreadable.Select(file => new Orphan(OrphanKinds.File, file.Path, "", null, null, $"it cannot be read: {file.Reason}", null, false)).ToList();

    /// <summary>Orphans among networks: those that no container of ours but orphans belongs to, and no start in flight is about to use.</summary>
    public IReadOnlyList<Orphan> FindNetworks(IReadOnlyList<NetworkSummary> networks)
    {
        var used = _observed.Containers.Where(container => Judge(container) is null)
            .SelectMany(container => container.Networks.Append(NetworkOf(container.Labels)))
            .Concat(_observed.Foreign.SelectMany(container => container.Networks))
            .ToHashSet(StringComparer.Ordinal);
        return networks
            .Where(network => Ownership.IsOurs(network) && !used.Contains(network.Name) && !IsAboutToBeUsed(network))
            .Select(network => new Orphan(OrphanKinds.Network, network.Name, network.Id, null, ContainerLabels.InstanceOf(network.Labels), "nothing that is in use belongs to it", network.CreatedAt, false))
            .ToList();
    }

    /// <summary>
    /// Orphans among volumes: those of environments that were to go with their last user, whose maker has ended and that no
    /// container but an orphan mounts. Data of others is never an orphan.
    /// </summary>
    /// <param name="volumes">All volumes of ours.</param>
    /// <param name="isInUse">Whether an environment is known to be in use, or to be removed by who keeps account of that.</param>
    public IReadOnlyList<Orphan> FindVolumes(IReadOnlyList<VolumeSummary> volumes, Func<string?, bool> isInUse)
    {
        var mounted = _observed.Containers.Where(container => Judge(container) is null)
            .Concat(_observed.Foreign)
            .SelectMany(container => container.Mounts.Select(mount => mount.Name))
            .ToHashSet(StringComparer.Ordinal);
        return volumes
            .Where(volume => Ownership.IsOurs(volume) && ContainerLabels.AreEphemeral(volume.Labels) && !mounted.Contains(volume.Name))
            .Where(volume => _judge(volume.Labels.GetValueOrDefault(Labels.Owner)) == OwnerState.Dead && !isInUse(ContainerLabels.InstanceOf(volume.Labels)))
            .Select(volume => new Orphan(OrphanKinds.Volume, volume.Name, volume.Name, ContainerLabels.KeyOf(volume.Labels)?.Name, ContainerLabels.InstanceOf(volume.Labels), "nobody uses its environment any more", volume.CreatedAt, false))
            .ToList();
    }

    // A start of another LocalZure home is not noted in this one.
    private bool IsAboutToBeUsed(NetworkSummary network)
    {
        var operation = network.Labels.GetValueOrDefault(Labels.Operation);
        var owner = network.Labels.GetValueOrDefault(Labels.Owner);
        return _observed.IsInFlight(operation)
            || (!_observed.HasDied(operation) && IsStartOfAnotherHome(owner, network.CreatedAt));
    }

    // As far as it can be told of one that is not noted here: by who made a thing, and how long ago.
    private bool IsStartOfAnotherHome(string? owner, DateTimeOffset madeAt) =>
        owner is not null && owner != OwnerIdentity.Current.ToString() && _judge(owner) != OwnerState.Dead && _now - madeAt < LongestStart;

    private static string NetworkOf(IReadOnlyDictionary<string, string> labels) => new ServiceKey("", ContainerLabels.InstanceOf(labels)).NetworkName;

    // One that no start mentions and that is not known to be of use any more: its successor is there. With its data elsewhere.
    private Orphan? JudgeSetAside(ContainerSummary container)
    {
        var isReplaced = _observed.Replacements.TryGetValue(container.Id, out var start);
        var isBeingReplaced = isReplaced ? !_observed.HasDied(start) : IsBeingReplacedFromAnotherHome(container);
        return isBeingReplaced || !IsDataElsewhere(container)
            ? null
            : OrphanOf(container, isReplaced ? "the start that was replacing it died" : "another container has replaced it");
    }

    // A start of another LocalZure home, which is not noted in this one, puts it back when its successor does not come up.
    private bool IsBeingReplacedFromAnotherHome(ContainerSummary container) =>
        SuccessorOf(container) is { } successor
        && successor.Labels.GetValueOrDefault(Labels.Operation) is { } operation
        && ContainerLabels.KeyOf(container.Labels) is { } key
        && container.Name == Ownership.SetAsideName(key, operation)
        && (_observed.IsInFlight(operation) || IsStartOfAnotherHome(successor.Labels.GetValueOrDefault(Labels.Owner), successor.CreatedAt));

    private ContainerSummary? SuccessorOf(ContainerSummary container) =>
        _observed.Containers.FirstOrDefault(other => other.Name == ContainerLabels.KeyOf(container.Labels)?.ContainerName);

    // The volumes without a name go with the last container that has them: one in its place that stays, or nobody who wants them.
    private bool IsDataElsewhere(ContainerSummary container)
    {
        var successor = SuccessorOf(container);
        var stays = successor is not null && Judge(successor) is null && !_observed.IsInFlight(successor.Labels.GetValueOrDefault(Labels.Operation));
        return AnonymousVolumes.AreTakenOver(container.Mounts, stays ? successor!.Mounts : null)
            || CommonReasonOf(container.Labels) is not null;
    }

    private static bool IsWithoutName(ContainerSummary container) => ContainerLabels.KeyOf(container.Labels)?.ContainerName != container.Name;

    private static Orphan OrphanOf(ContainerSummary container, string reason) =>
        new(OrphanKinds.Container, container.Name, container.Id, ContainerLabels.KeyOf(container.Labels)?.Name, ContainerLabels.InstanceOf(container.Labels), reason, container.CreatedAt, false);

    private Orphan? Judge(ContainerSummary container)
    {
        var labels = container.Labels;
        var operation = labels.GetValueOrDefault(Labels.Operation);
        var owner = labels.GetValueOrDefault(Labels.Owner);

        // What a start that did not finish has taken over from the one before it is nowhere else: the next start takes it over.
        var holdsData = Labels.ValueOf(labels, Labels.TakenOverVolumes) is not null;
        var reason = container.State switch
        {
            _ when _observed.HasDied(operation) && !holdsData => StartDied,
            _ when CommonReasonOf(labels) is { } common => common,
            ContainerState.Dead => "the engine could not remove it earlier",
            _ when holdsData => null,
            ContainerState.Created when !_observed.IsInFlight(operation) && _judge(owner) == OwnerState.Dead => "it was never started, and the process that created it has ended",
            _ => null,
        };
        return reason is null ? null : OrphanOf(container, reason);
    }

    private Orphan? Judge(ObservedHostProcess process)
    {
        if (process.IsUnreachable)
        {
            return null;
        }

        var entry = process.Entry;
        var reason = (_observed.HasDied(entry.Operation) ? StartDied : ReasonOf(entry.Owner, entry.Lifetime, entry.ExpiresAt))
            ?? (!process.IsRunning && !entry.IsKept && !_observed.IsInFlight(entry.Operation) ? "its process has ended" : null);
        return reason is null ? null : new Orphan(
            process.IsRunning ? OrphanKinds.Process : OrphanKinds.Entry,
            entry.ContainerName,
            entry.Process?.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            entry.Service,
            entry.Instance,
            reason,
            entry.StartedAt,
            false);
    }

    private string? CommonReasonOf(IReadOnlyDictionary<string, string> labels) =>
        ReasonOf(labels.GetValueOrDefault(Labels.Owner), ContainerLabels.LifetimeOf(labels), ContainerLabels.ExpiresAt(labels));

    private string? ReasonOf(string? owner, ServiceLifetime lifetime, DateTimeOffset? expiresAt) => (lifetime, expiresAt) switch
    {
        _ when expiresAt <= _now => $"its time to live ended at {expiresAt:u}",
        (ServiceLifetime.Session, _) when _judge(owner) == OwnerState.Dead => "the session that owned it has ended",
        _ => null,
    };
}
