using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>
/// Runs the init hooks of a service that became usable, once for its data: a start that finds them done does nothing, and one that was killed in
/// between has done nothing that counts. Other wishes for the same data make what is missing, and repeat no SQL, command or script.
/// </summary>
internal sealed class ServiceSeeder
{
    /// <summary>How long one hook may take.</summary>
    private static readonly TimeSpan HookLimit = TimeSpan.FromMinutes(10);

    private readonly LifecycleServices _services;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="services">What all starts share.</param>
    /// <param name="events">Told what happens.</param>
    public ServiceSeeder(LifecycleServices services, IProgress<LifecycleEvent> events)
    {
        _services = services;
        _events = events;
    }

    /// <summary>Says that a start which does not wait runs no hooks.</summary>
    public void ReportSkipped(DesiredService desired, StartSettings settings)
    {
        if (settings.NoWait && desired.Init is { HookCount: > 0 })
        {
            _events.Report(new Degraded(desired.Key.ContainerName, $"This start does not wait until {desired.Key} is usable, and so does not run its init hooks; the next start that waits does."));
        }
    }

    /// <summary>Runs the hooks of a service in a container, if they have not run on its data.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="service">The service as it runs.</param>
    /// <param name="runtime">The runtime.</param>
    /// <param name="cancellationToken">Ends the hooks; a command in the container goes on, scripts and clients on this machine end.</param>
    /// <exception cref="LocalZureException">InitHookFailed with the output as evidence, LockTimeout, ConfigInvalid for a file that cannot be read.</exception>
    public Task EnsureAsync(DesiredService desired, Service service, IContainerRuntime runtime, CancellationToken cancellationToken) =>
        EnsureAsync(desired, service, runtime, (whole, running) => new ContainerPlace(runtime, whole, running), cancellationToken);

    /// <summary>Runs the hooks of a host process, if they have not run on its data.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="service">The service as it runs.</param>
    /// <param name="host">What host mode needs.</param>
    /// <param name="tool">Where its program lies.</param>
    /// <param name="cancellationToken">Ends the hooks.</param>
    /// <exception cref="LocalZureException">As for a container; also HostToolMissing and HostModeUnsupported.</exception>
    public Task EnsureAsync(DesiredService desired, Service service, HostServices host, HostToolLocation tool, CancellationToken cancellationToken) =>
        EnsureAsync(desired, service, null, (whole, running) => new HostPlace(host, whole, running, tool, _services.Environment), cancellationToken);

    private async Task EnsureAsync(DesiredService desired, Service service, IContainerRuntime? runtime, Func<DesiredService, Service, ISeedPlace> placeOf, CancellationToken cancellationToken)
    {
        if (desired.Init is not { HookCount: > 0 } content)
        {
            return;
        }

        var hash = await content.ReadHashAsync(cancellationToken).ConfigureAwait(false);
        (desired, service) = await CompleteAsync(desired, service, runtime, cancellationToken).ConfigureAwait(false);
        var place = placeOf(desired, service);
        var held = await FileLock.AcquireAsync(_services.InitLockFile(desired.Key), HookLimit * (content.HookCount + 1), _services.Time, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var memory = await place.ReadAsync(cancellationToken).ConfigureAwait(false);
            var wanted = new SeedMarker(memory.Subject, hash);
            if (memory.Marker == wanted)
            {
                _events.Report(new Noted(desired.Key.ContainerName, $"The init hooks of {desired.Key} have run on its data before."));
                return;
            }

            await RunMarkedAsync(desired, service, content, place, memory, cancellationToken).ConfigureAwait(false);

            // Let finish: hooks that have run are not to run again because their memory was cut off.
            await place.RememberAsync(wanted, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // With the secrets that it has, which may be those of another home, and the names that its definition gives to its ports: the mapper of
    // containers does not know a definition that the host of the engine brings.
    private async Task<(DesiredService Desired, Service Service)> CompleteAsync(DesiredService desired, Service service, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        var secrets = (await _services.SecretReader.ReadAsync(desired.Definition, service, runtime, cancellationToken).ConfigureAwait(false))
            .ToDictionary(pair => $"secret.{pair.Key}", pair => pair.Value, StringComparer.Ordinal);
        var ports = service.Ports.Select(port => desired.Ports.FirstOrDefault(wanted => wanted.ContainerPort == port.ContainerPort && wanted.Protocol == port.Protocol) is { } wanted ? port with { Name = wanted.Name } : port).ToList();
        var values = new Dictionary<string, string>(desired.Values, StringComparer.Ordinal);
        secrets.ToList().ForEach(secret => values[secret.Key] = secret.Value);
        return (desired with { Values = values }, ServiceFiller.Fill(desired.Definition, service with { Ports = ports }, secrets));
    }

    // A process that is killed on the way has noted that it was on the way; one that fails says so itself.
    private async Task RunMarkedAsync(DesiredService desired, Service service, InitContent content, ISeedPlace place, SeedMemory memory, CancellationToken cancellationToken)
    {
        var isMarked = memory is { IsFresh: true, WasCutOff: false } && content.Sql.Count + content.Exec.Count + content.Scripts.Count > 0;
        if (isMarked)
        {
            await place.RememberAsync(new SeedMarker(memory.Subject, SeedMarker.Begun), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await RunAsync(desired, service, content, place, memory.IsFresh, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (memory.WasCutOff && e.Code == ErrorCode.InitHookFailed)
        {
            throw StartFailures.HookFailedAgain(desired, e);
        }
        catch (Exception) when (isMarked)
        {
            await place.ForgetAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RunAsync(DesiredService desired, Service service, InitContent content, ISeedPlace place, bool isFresh, CancellationToken cancellationToken)
    {
        using var rest = new RestSeeder(service.Endpoints, _services.Time, RestSeeder.HandlerFor(service.Endpoints.Values));
        var hooks = new InitHooks(content, desired.Definition.Init ?? new Catalog.InitDefinition(), service, place, rest).All();
        foreach (var hook in hooks.Where(hook => isFresh || hook.IsRepeatable))
        {
            _events.Report(new StepProgressed(desired.Key.ContainerName, "Initializing", hook.What));
            await RunAsync(desired, hook, cancellationToken).ConfigureAwait(false);
        }

        if (!isFresh && hooks.Any(hook => !hook.IsRepeatable))
        {
            _events.Report(new Noted(desired.Key.ContainerName, $"The init content of {desired.Key} has changed; its SQL files, commands and scripts are not run again on data that is not fresh."));
        }
    }

    private async Task RunAsync(DesiredService desired, InitHook hook, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(HookLimit, _services.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (await hook.RunAsync(linked.Token).ConfigureAwait(false) is { ExitCode: not 0 } result)
            {
                throw StartFailures.HookFailed(desired, hook.What, $"it ended with exit code {result.ExitCode}", result.ExitCode, result.Lines);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw StartFailures.HookFailed(desired, hook.What, $"it did not end within {HookLimit.TotalMinutes:0} min", null, []);
        }
        catch (HttpRequestException e)
        {
            var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            throw StartFailures.HookFailed(desired, hook.What, "the service refused it", null, lines);
        }
        catch (ContainerRuntimeException e)
        {
            throw StartFailures.HookFailed(desired, hook.What, "the container runtime refused it", null, [e.Message]);
        }
    }
}
