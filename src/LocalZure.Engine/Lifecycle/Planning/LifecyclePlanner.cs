using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Desired plus observed gives a plan. Pure: no call, no clock.</summary>
internal static class LifecyclePlanner
{
    /// <summary>The reason for a replacement that the user may not expect.</summary>
    public const string Changed = "its settings have changed";

    /// <summary>The reason for the replacement of a process that has been told where others were.</summary>
    public const string Moved = "what it refers to is at another address now";

    /// <summary>The reason for leaving what may differ.</summary>
    public const string Newer = "it runs, and a newer version of LocalZure has made it, whose settings this one cannot compare";

    private const string SessionOver = "the session that it was to end with has ended";

    /// <summary>Plans one service in Docker mode.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="observed">What there is.</param>
    /// <param name="recreate">Whether to make it anew even when it is unchanged.</param>
    /// <exception cref="LocalZureException">NameConflict when another service of ours has the container's name.</exception>
    public static ServicePlan PlanContainer(DesiredService desired, ObservedState observed, bool recreate)
    {
        var existing = observed.Containers.FirstOrDefault(container => container.Name == desired.Key.ContainerName);
        if (existing is null)
        {
            return new ServicePlan(PlannedAction.Create, "nothing of it exists");
        }

        CheckSame(desired.Key, ContainerLabels.KeyOf(existing.Labels));
        return Judge(desired, observed, existing, recreate);
    }

    /// <summary>Plans one service in host mode.</summary>
    /// <inheritdoc cref="PlanContainer"/>
    public static ServicePlan PlanHostProcess(DesiredService desired, ObservedState observed, bool recreate)
    {
        var existing = observed.HostProcesses.FirstOrDefault(process => process.Entry.ContainerName == desired.Key.ContainerName);
        if (existing is not null)
        {
            CheckSame(desired.Key, existing.Key);
        }

        return existing switch
        {
            null => new ServicePlan(PlannedAction.Create, "nothing of it exists"),
            { IsUnreachable: true } => throw new LocalZureException(
                ErrorCode.NameConflict,
                $"Whether {desired.Key} runs cannot be told from here: it was started on another machine, in another container, or is hidden from this user.",
                "Stop it where it was started, or choose another instance name.")
            { Service = desired.Key.Name, Instance = desired.Key.Instance },
            { IsRunning: false } => new ServicePlan(PlannedAction.Discard, "its process has ended"),
            _ when recreate => new ServicePlan(PlannedAction.Replace, "it was asked to be made anew"),
            _ when observed.HasDied(existing.Entry.Operation) => new ServicePlan(PlannedAction.Discard, "the start that made it died before it finished"),
            _ when observed.HasOutlivedItsSession(existing.Entry.Lifetime, existing.Entry.Owner) => new ServicePlan(PlannedAction.Discard, SessionOver),
            _ when IsLeftToNewer(desired, existing.Entry.Version, existing.Entry.ConfigHash) => new ServicePlan(existing.IsPaused ? PlannedAction.Thaw : PlannedAction.Join, Newer),
            _ when HaveChanged(desired, existing.Entry.ConfigHash, existing.Entry.DefinitionHash, existing.Entry.Project) => new ServicePlan(PlannedAction.Replace, Changed),
            _ when desired.Addresses.Any(pair => existing.Entry.Addresses?.GetValueOrDefault(pair.Key) is { } told && told != pair.Value) => new ServicePlan(PlannedAction.Replace, Moved),
            { IsPaused: true } => new ServicePlan(PlannedAction.Thaw, "it is paused and unchanged"),
            _ => new ServicePlan(PlannedAction.Join, "it runs unchanged"),
        };
    }

    private static void CheckSame(ServiceKey desired, ServiceKey? existing)
    {
        if (existing != desired)
        {
            throw new LocalZureException(
                ErrorCode.NameConflict,
                $"{desired} would be named {desired.ContainerName}, but that is the name of {existing?.ToString() ?? "something else of ours"}.",
                "Choose another instance name for one of the two.")
            { Service = desired.Name, Instance = desired.Instance };
        }
    }

    private static ServicePlan Judge(DesiredService desired, ObservedState observed, ContainerSummary existing, bool recreate)
    {
        var labels = existing.Labels;
        var operation = labels.GetValueOrDefault(Labels.Operation);
        var outlived = observed.HasOutlivedItsSession(ContainerLabels.LifetimeOf(labels), labels.GetValueOrDefault(Labels.Owner));
        var isOfUse = !outlived && existing.State is ContainerState.Running or ContainerState.Restarting or ContainerState.Paused or ContainerState.Exited
            && !observed.HasDied(operation) && !observed.IsInFlight(operation);

        // What a start that did not finish has taken over from the one before it is nowhere else: the next one takes it over in turn.
        var holdsData = !outlived && existing.State is not (ContainerState.Dead or ContainerState.Removing) && Labels.ValueOf(labels, Labels.TakenOverVolumes) is not null;
        ServicePlan Replace(string reason) => new(isOfUse || holdsData ? PlannedAction.Replace : PlannedAction.Discard, reason, existing.Id);
        return existing.State switch
        {
            _ when recreate => Replace("it was asked to be made anew"),
            _ when observed.HasDied(operation) => Replace("the start that made it died before it finished"),
            _ when outlived => Replace(SessionOver),
            ContainerState.Running or ContainerState.Restarting or ContainerState.Paused
                when IsLeftToNewer(desired, labels.GetValueOrDefault(Labels.Version), labels.GetValueOrDefault(Labels.ConfigHash)) =>
                new ServicePlan(existing.State == ContainerState.Paused ? PlannedAction.Thaw : PlannedAction.Join, Newer, existing.Id),
            _ when HaveChanged(desired, labels.GetValueOrDefault(Labels.ConfigHash), labels.GetValueOrDefault(Labels.DefinitionHash), Labels.ValueOf(labels, Labels.Project)) => Replace(Changed),
            ContainerState.Running or ContainerState.Restarting when desired.Container.Network == NetworkKind.Bridge && !existing.Networks.Contains(desired.Key.NetworkName) => Replace("it is not in its network any more"),
            ContainerState.Running or ContainerState.Restarting => new ServicePlan(PlannedAction.Join, "it runs unchanged", existing.Id),
            ContainerState.Created when observed.IsInFlight(operation) => new ServicePlan(PlannedAction.Join, "another start is making it", existing.Id),
            ContainerState.Exited when observed.IsInFlight(operation) => new ServicePlan(PlannedAction.Join, "another start is making it", existing.Id),
            ContainerState.Exited when !KeepsLifetime(desired, labels) => Replace("it was stopped and is to live for another time"),
            ContainerState.Exited => new ServicePlan(PlannedAction.StartExisting, "it was stopped and is unchanged", existing.Id),
            ContainerState.Paused => new ServicePlan(PlannedAction.Thaw, "it is paused and unchanged", existing.Id),
            ContainerState.Created => Replace("it was created but never started"),
            _ => Replace($"its state is {existing.State}"),
        };
    }

    // Labels cannot be changed: what is stopped and would live too long or too short a time is made anew instead.
    private static bool KeepsLifetime(DesiredService desired, IReadOnlyDictionary<string, string> labels)
    {
        var existing = new ExistingLife(ContainerLabels.LifetimeOf(labels), labels.GetValueOrDefault(Labels.Owner), null);
        return existing.Lifetime == ServiceLifetime.Persistent ? desired.Lifetime != ServiceLifetime.Session : existing.IsOfThisSession && desired.Lifetime != ServiceLifetime.Persistent;
    }

    // What the hash is made of may differ between versions. The newer one makes anew what the older has made; were the older to do
    // the same, each start of either would end what the other has started. A call with settings of its own means what it says.
    private static bool IsLeftToNewer(DesiredService desired, string? version, string? configHash) =>
        configHash != desired.ConfigHash && !desired.HasOwnSettings && ModuleVersion.IsNewer(version);

    // What a call does not mention is as it is: only a call that has settings of its own, or a definition that has become
    // another one, changes what there is. A call without a configuration does not mention what one has said.
    private static bool HaveChanged(DesiredService desired, string? configHash, string? definitionHash, string? project) =>
        configHash != desired.ConfigHash && (desired.HasOwnSettings || (definitionHash != desired.DefinitionHash && (project is null || desired.Project is not null)));
}
