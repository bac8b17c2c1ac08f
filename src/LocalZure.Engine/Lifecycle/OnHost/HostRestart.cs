using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>
/// Ends a host process and makes another one of the same command line, ports and environment. The environment may hold secrets
/// and is written down nowhere: it is read from the process itself, where the operating system shows it.
/// </summary>
internal sealed class HostRestart : IServiceRestart
{
    private static readonly TimeSpan LockMargin = TimeSpan.FromSeconds(30);

    private readonly HostServices _host;
    private readonly LifecycleServices _services;
    private readonly IContainerRuntime? _runtime;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly DesiredService _desired;
    private readonly bool _empty;
    private readonly StartClock _clock;
    private FileLock? _lock;
    private HostProcessEntry? _entry;
    private IReadOnlyDictionary<string, string>? _environment;

    /// <summary>Creates one. Nothing happens yet.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="services">What all starts share.</param>
    /// <param name="runtime">The container runtime, asked who holds a taken port; null without one.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="desired">The service as its definition has it.</param>
    /// <param name="empty">Whether its data goes.</param>
    public HostRestart(HostServices host, LifecycleServices services, IContainerRuntime? runtime, IProgress<LifecycleEvent> events, DesiredService desired, bool empty)
    {
        _host = host;
        _services = services;
        _runtime = runtime;
        _events = events;
        _desired = desired;
        _empty = empty;
        _clock = new StartClock(services.Time);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var name = _desired.Key.ContainerName;
        _lock = await _host.Registry.LockAsync(name, (_desired.StartTimeout * 2) + LockMargin, cancellationToken).ConfigureAwait(false);
        var entry = await _host.Registry.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (entry is null || entry.CommandLine.Count == 0)
        {
            throw StartFailures.Gone(_desired);
        }

        if (_desired.Definition.Host is null)
        {
            throw new LocalZureException(ErrorCode.HostModeUnsupported, $"{_desired.Key} cannot run as a host process any more; it needs Docker.") { Service = _desired.Key.Name, Instance = _desired.Key.Instance };
        }

        _environment = entry.Process is { } process ? _host.Runner.ReadEnvironment(process) : null;
        await new HostStopper(_host, _services.Time, _events).EndAsync(entry, null, cancellationToken).ConfigureAwait(false);
        _entry = entry;
    }

    /// <inheritdoc/>
    public async Task<Service> StartAsync(CancellationToken cancellationToken)
    {
        if (_empty)
        {
            await EmptyFoldersAsync(_entry!).ConfigureAwait(false);
            await PrepareAsync(_entry!, cancellationToken).ConfigureAwait(false);
        }

        await ReportMovedAsync(_entry!, cancellationToken).ConfigureAwait(false);
        var launcher = new HostLauncher(_host, _services.Time, _events);
        var entry = await launcher.SpawnAsync(Renewed(_entry!), await SpecAsync(_entry!, cancellationToken).ConfigureAwait(false), _clock, cancellationToken).ConfigureAwait(false);
        try
        {
            return await WaitAsync(launcher, entry, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The entry stays, so that its log can be read and it can be restarted once more.
            _host.Runner.KillTree(entry.Process!);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Service> WaitAsync(HostLauncher launcher, HostProcessEntry entry, CancellationToken cancellationToken)
    {
        var began = _clock.NowMs;
        var readiness = await launcher.WaitAsync(entry, _desired, cancellationToken).ConfigureAwait(false);
        if (await launcher.LostAPortAsync(entry, readiness, cancellationToken).ConfigureAwait(false))
        {
            var port = HostLauncher.PortOfSomebodyElse(entry) ?? entry.Ports[0].HostPort;
            throw StartFailures.PortLost(_desired, port, await PortHolderFinder.DescribeAsync(_runtime, port, cancellationToken).ConfigureAwait(false), null);
        }

        if (readiness.Outcome != Readiness.Ready)
        {
            throw await launcher.ExplainAsync(entry, _desired, readiness, wasRunning: false, cancellationToken).ConfigureAwait(false);
        }

        _clock.Ready(began, readiness.FirstByteMs);
        return HostServiceMapper.Map(new ObservedHostProcess(entry, true, null), ObservedStates.Nothing) with { Health = ServiceHealthStatus.Healthy, Timeline = _clock.Timeline };
    }

    // Its environment is that of the old process, which may name addresses that others have left.
    private async Task ReportMovedAsync(HostProcessEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Addresses is not { } told)
        {
            return;
        }

        var observed = await _services.Observer.ObserveAsync(_runtime, cancellationToken).ConfigureAwait(false);
        var moved = NeededServices.Of(_desired, [], observed).Values
            .Where(service => service.Ports.Any(port => told.GetValueOrDefault($"{DesiredService.ServicePrefix}{service.Name}.{port.Name}") is { } number && number != port.HostPort.ToString(CultureInfo.InvariantCulture)))
            .Select(service => service.Name)
            .ToList();
        if (moved.Count > 0)
        {
            _events.Report(new Degraded(entry.ContainerName, $"{_desired.Key} still looks for {string.Join(" and ", moved)} at an address that was left in the meantime; Start-LzService {_desired.Key.Name} makes it anew."));
        }
    }

    private async Task<HostProcessSpec> SpecAsync(HostProcessEntry entry, CancellationToken cancellationToken)
    {
        if (_environment is not null)
        {
            return HostProcessSpecBuilder.Again(entry, _environment, isWhole: true, _host.Paths);
        }

        var resolved = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        var environment = HostProcessSpecBuilder.EnvironmentOf(resolved, HostProcessSpecBuilder.TemplateOf(resolved, PortsOf(entry), _host.Paths));
        return HostProcessSpecBuilder.Again(entry, environment, isWhole: false, _host.Paths);
    }

    private HostProcessEntry Renewed(HostProcessEntry entry)
    {
        var renewed = entry with { Process = null, StartedAt = _services.Time.GetUtcNow(), IsKept = false };
        if (_environment is not null || entry.ConfigHash == entry.DefinitionHash)
        {
            return renewed;
        }

        _events.Report(new Degraded(entry.ContainerName, $"{_desired.Key} had settings of its own, and which variables of -Environment were among them is not known any more: it starts with those of its definition. Start-LzService with -Environment makes it anew."));

        // It is not what the hash says any more: a start with the earlier settings makes it anew.
        return renewed with { ConfigHash = $"{entry.DefinitionHash}-without-environment", OwnSecrets = null };
    }

    // A database that was emptied is made again, with the password that its process had.
    private async Task PrepareAsync(HostProcessEntry entry, CancellationToken cancellationToken)
    {
        if (_desired.Definition.Host!.Preparation is not { } preparation || entry.Volumes.FirstOrDefault(volume => volume.Name == preparation.Volume) is not { Kind: "directory" })
        {
            return;
        }

        var resolved = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        var values = new Dictionary<string, string>(resolved.Values, StringComparer.Ordinal);
        foreach (var secret in _desired.Definition.Secrets)
        {
            values[$"secret.{secret.Name}"] = _environment?.GetValueOrDefault(secret.Variable) ?? values[$"secret.{secret.Name}"];
        }

        await new HostPreparer(_host, _events).RunAsync(resolved with { Values = values }, HostToolLocation.Of(entry), PortsOf(entry), cancellationToken).ConfigureAwait(false);
    }

    private Task<DesiredService> ResolveAsync(CancellationToken cancellationToken) =>
        new StartValues(_services, _runtime).ResolveAsync(_desired, ServiceMode.Host, new Dictionary<string, Service>(), cancellationToken);

    private static Dictionary<string, int> PortsOf(HostProcessEntry entry) => entry.Ports.ToDictionary(port => port.Name, port => port.HostPort, StringComparer.Ordinal);

    private async Task EmptyFoldersAsync(HostProcessEntry entry)
    {
        // Not every folder that the entry names: a file may have been changed by hand, and only what lies in the home is ours.
        var root = _host.Paths.DataRoot(_desired.Key) + Path.DirectorySeparatorChar;
        JsonFolder.Delete(_host.Paths.SeedFile(_desired.Key));
        foreach (var volume in entry.Volumes)
        {
            if (volume.Kind == "directory" && Path.GetFullPath(volume.Source).StartsWith(root, StringComparison.Ordinal))
            {
                await HostFolders.RemoveAsync(volume.Source, _host.Time).ConfigureAwait(false);
            }
            else
            {
                _events.Report(new Degraded(entry.ContainerName, $"{_desired.Key} keeps the folder '{volume.Source}', as it is: only data of LocalZure's own is emptied."));
            }
        }
    }
}
