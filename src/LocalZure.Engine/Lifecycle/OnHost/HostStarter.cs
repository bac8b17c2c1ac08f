using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Brings one service up as a process of this machine. A lock file per name is the lock between processes.</summary>
internal sealed class HostStarter
{
    private const int PortAttempts = 5;

    /// <summary>On top of the service's own time to start: what an earlier holder of the lock may need to end its process.</summary>
    private static readonly TimeSpan LockMargin = TimeSpan.FromSeconds(30);

    private readonly HostServices _host;
    private readonly LifecycleServices _services;
    private readonly IContainerRuntime? _runtime;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly HostLauncher _launcher;
    private readonly ServiceSeeder _seeder;

    /// <summary>Creates one.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="services">What all starts share.</param>
    /// <param name="runtime">The container runtime, asked who holds a taken port; null without one.</param>
    /// <param name="events">Told what happens.</param>
    public HostStarter(HostServices host, LifecycleServices services, IContainerRuntime? runtime, IProgress<LifecycleEvent> events)
    {
        _host = host;
        _services = services;
        _runtime = runtime;
        _events = events;
        _launcher = new HostLauncher(host, services.Time, events);
        _seeder = new ServiceSeeder(services, events);
    }

    /// <summary>Brings the service up, or joins the process that runs.</summary>
    /// <exception cref="LocalZureException">What stood in the way; nothing that this call created is left then, unless it was asked for.</exception>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="before">What there was a moment ago.</param>
    /// <param name="settings">What is the same for all services of the call.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task<Service> StartAsync(DesiredService desired, ObservedState before, StartSettings settings, CancellationToken cancellationToken)
    {
        if (desired.Definition.Host is not { } host)
        {
            throw new LocalZureException(ErrorCode.HostModeUnsupported, $"{desired.Key} cannot run as a host process; it needs Docker.") { Service = desired.Key.Name, Instance = desired.Key.Instance };
        }

        HostPreparer.CheckUser(desired, Environment.IsPrivilegedProcess);
        InitCheck.CheckHostMode(desired.Key.Name, desired.Key.Instance, desired.Init);
        before.HostProcesses.Where(process => process.Key == desired.Key).ToList().ForEach(process => UnreachableProcess.Refuse(process.Entry, _host));
        _seeder.ReportSkipped(desired, settings);
        var volumes = HostProcessSpecBuilder.Volumes(desired, _host.Paths);
        var name = desired.Key.ContainerName;
        var own = before.HostProcesses.Where(process => process.IsRunning && process.Entry.ContainerName == name).SelectMany(process => process.Entry.Ports).Select(port => port.HostPort).ToHashSet();
        await AskedForPorts.CheckAsync(desired, own, _runtime, cancellationToken).ConfigureAwait(false);
        var tool = await _host.Tools.Get(host).EnsureAsync(new ToolReporter(name, _events), cancellationToken).ConfigureAwait(false);
        var clock = new StartClock(_services.Time);
        var held = await _host.Registry.LockAsync(name, (desired.StartTimeout * 2) + LockMargin, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var observed = await _services.Observer.ObserveAsync(null, cancellationToken).ConfigureAwait(false);
            var existing = observed.HostProcesses.FirstOrDefault(process => process.Entry.ContainerName == name);
            if (existing is not null)
            {
                UnreachableProcess.Refuse(existing.Entry, _host);
            }

            var plan = LifecyclePlanner.PlanHostProcess(desired, observed, settings.Recreate);
            StartNotices.Report(plan, desired, existing is { Entry: { } entry } ? ExistingLife.Of(entry) : null, _events);
            if (plan.Action is PlannedAction.Join or PlannedAction.Thaw)
            {
                if (plan.Action == PlannedAction.Thaw)
                {
                    _host.Runner.ResumeTree(existing!.Entry.Process!);
                    existing = existing with { IsPaused = false };
                }

                return await JoinAsync(existing!, desired, tool, settings, observed, cancellationToken).ConfigureAwait(false);
            }

            var replacement = plan.Action == PlannedAction.Replace ? new HostReplacement(_host, _events, existing!.Entry) : null;
            var stopper = new HostStopper(_host, _services.Time, _events);
            await (existing is not null
                ? stopper.EndAsync(existing.Entry, null, cancellationToken)
                : EndForgottenAsync(stopper, observed, name, cancellationToken)).ConfigureAwait(false);
            return await ReplaceAsync(plan, replacement, Continuity.Apply(desired, plan, observed), tool, volumes, settings, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Service> ReplaceAsync(ServicePlan plan, HostReplacement? replacement, DesiredService desired, HostToolLocation tool, IReadOnlyList<ServiceVolume> volumes, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        try
        {
            var service = await CreateAsync(desired, tool, volumes, settings, clock, cancellationToken).ConfigureAwait(false);
            StartNotices.ReportReplaced(plan, desired, _events);
            return service;
        }
        catch (Exception e) when (replacement is not null && (!settings.KeepOnFailure || e is OperationCanceledException))
        {
            await replacement.RestoreAsync(desired).ConfigureAwait(false);
            throw;
        }
    }

    // An entry that cannot be read may stand for a process that runs: two on one folder of data would destroy it.
    private Task EndForgottenAsync(HostStopper stopper, ObservedState observed, string name, CancellationToken cancellationToken) =>
        observed.Unreadable.Any(file => _host.Registry.IsEntry(file.Path) && Path.GetFileNameWithoutExtension(file.Path) == name)
            ? stopper.EndFoundAsync(_host.Paths.Log(name), name, cancellationToken)
            : Task.CompletedTask;

    private HostPorts Ports(DesiredService desired) => new(desired, _services, _runtime, _events);

    private async Task<Service> JoinAsync(ObservedHostProcess existing, DesiredService desired, HostToolLocation tool, StartSettings settings, ObservedState observed, CancellationToken cancellationToken)
    {
        var service = HostServiceMapper.Map(existing, observed);
        if (settings.NoWait)
        {
            return service;
        }

        var readiness = await _launcher.WaitAsync(existing.Entry, desired, cancellationToken).ConfigureAwait(false);
        if (readiness.Outcome != Readiness.Ready)
        {
            throw await _launcher.ExplainAsync(existing.Entry, desired, readiness, wasRunning: true, cancellationToken).ConfigureAwait(false);
        }

        await _seeder.EnsureAsync(desired, service, _host, tool, cancellationToken).ConfigureAwait(false);
        return service with { State = ServiceState.Running, Health = ServiceHealthStatus.Healthy };
    }

    private async Task<Service> CreateAsync(DesiredService desired, HostToolLocation tool, IReadOnlyList<ServiceVolume> volumes, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        var operation = await _services.BeginAsync(desired, null, onHost: true, cancellationToken).ConfigureAwait(false);
        var undo = new HostUndo(_host, new HostStopper(_host, _services.Time, _events), desired.Key, volumes);
        undo.ForgetHooksOfLostData();
        try
        {
            var service = await CreateAndWaitAsync(desired, tool, volumes, operation, settings, clock, cancellationToken).ConfigureAwait(false);
            _services.Operations.Complete(operation.Id);
            return service;
        }
        catch (Exception e)
        {
            if (!settings.KeepOnFailure || e is OperationCanceledException)
            {
                if (e is not OperationCanceledException)
                {
                    await KeepLogAsync(desired).ConfigureAwait(false);
                }

                await undo.RunAsync().ConfigureAwait(false);
            }
            else if (await _host.Registry.ReadAsync(desired.Key.ContainerName, CancellationToken.None).ConfigureAwait(false) is { } entry)
            {
                await _host.Registry.WriteAsync(entry with { IsKept = true }, CancellationToken.None).ConfigureAwait(false);
            }

            _services.Operations.Complete(operation.Id);
            throw;
        }
    }

    // The process' folders go, and with them what it has said.
    private async Task KeepLogAsync(DesiredService desired)
    {
        try
        {
            if (await _host.Registry.ReadAsync(desired.Key.ContainerName, CancellationToken.None).ConfigureAwait(false) is { } entry)
            {
                var lines = _host.ReadLogAsync(entry, new ContainerLogQuery(Tail: FailedLogs.MostLines, Since: entry.StartedAt), CancellationToken.None);
                await _services.FailedLogs.KeepAsync(desired.Key, lines, StartFailures.MaskOf(desired), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (LocalZureException e)
        {
            _events.Report(new Noted(desired.Key.ContainerName, $"The output of the failed start of {desired.Key} could not be kept: {e.Message}"));
        }
    }

    private async Task<Service> CreateAndWaitAsync(DesiredService desired, HostToolLocation tool, IReadOnlyList<ServiceVolume> volumes, StartOperation operation, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        var ports = Ports(desired);
        for (var attempt = 1; ; attempt++)
        {
            await ports.ChooseAsync(cancellationToken).ConfigureAwait(false);
            await new HostPreparer(_host, _events).RunAsync(desired, tool, ports.Chosen, cancellationToken).ConfigureAwait(false);
            var spec = HostProcessSpecBuilder.Build(desired, tool, ports.Chosen, _host.Paths);
            var entry = Entry(desired, tool, spec, ports.AsServicePorts(), volumes, operation);
            entry = await _launcher.SpawnAsync(entry, spec, clock, cancellationToken).ConfigureAwait(false);
            await _services.RememberPortsAsync(desired, ports.Chosen, _events).ConfigureAwait(false);
            var service = HostServiceMapper.Map(new ObservedHostProcess(entry, true, null), ObservedStates.Nothing);
            if (settings.NoWait)
            {
                return service with { State = ServiceState.Starting, Health = ServiceHealthStatus.Starting, Timeline = clock.Timeline };
            }

            var waitBegan = clock.NowMs;
            var readiness = await _launcher.WaitAsync(entry, desired, cancellationToken).ConfigureAwait(false);
            var lostAPort = await _launcher.LostAPortAsync(entry, readiness, cancellationToken).ConfigureAwait(false);
            if (readiness.Outcome == Readiness.Ready && !lostAPort)
            {
                clock.Ready(waitBegan, readiness.FirstByteMs);
                await _seeder.EnsureAsync(desired, service, _host, tool, cancellationToken).ConfigureAwait(false);
                return service with { Health = ServiceHealthStatus.Healthy, Timeline = clock.Timeline };
            }

            if (attempt == PortAttempts || !lostAPort)
            {
                throw await _launcher.ExplainAsync(entry, desired, readiness, wasRunning: false, cancellationToken).ConfigureAwait(false);
            }

            _events.Report(new Noted(desired.Key.ContainerName, "A port was taken by somebody else while the process was starting; other ports are tried."));
            await new HostStopper(_host, _services.Time, _events).EndAsync(entry, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
    }

    private HostProcessEntry Entry(DesiredService desired, HostToolLocation tool, HostProcessSpec spec, IReadOnlyList<ServicePort> ports, IReadOnlyList<ServiceVolume> volumes, StartOperation operation) => new()
    {
        Service = desired.Key.Name,
        Instance = desired.Key.Instance,
        ContainerName = desired.Key.ContainerName,
        Program = tool.Program,
        CommandLine = [spec.FileName, .. spec.Arguments],
        IsNode = spec.IsNode,
        Ports = ports,
        Volumes = volumes,
        LogDirectory = spec.LogDirectory,
        ConfigHash = desired.ConfigHash,
        DefinitionHash = desired.DefinitionHash,
        Project = desired.Project,
        Definition = DefinitionNote.Write(desired.Definition),
        Addresses = desired.Addresses.Count > 0 ? desired.Addresses : null,
        WorkingDirectory = desired.Definition.Host!.WorkingDirectory,
        SecretId = desired.SecretId,
        OwnSecrets = desired.OwnSecrets,
        StopSignal = spec.StopSignal,
        StartedAt = _services.Time.GetUtcNow(),
        Owner = desired.OwnerOf(operation),
        Operation = operation.Id,
        Lifetime = desired.WholeLifetime,
        ExpiresAt = desired.EndOf(operation),
        Version = ModuleVersion.Text,
    };
}
