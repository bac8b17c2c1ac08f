using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Freezes services and thaws them. What is so already stays so.</summary>
internal sealed class SuspendCommand
{
    private const int MostLooks = 200;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;

    /// <summary>Creates one.</summary>
    public SuspendCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host)
    {
        _runtimes = runtimes;
        _services = services;
        _host = host;
    }

    /// <summary>Freezes services, those that need others first; or thaws them, those that are needed first.</summary>
    /// <param name="services">The services, as they were found.</param>
    /// <param name="freeze">Whether to freeze; false thaws.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ServiceOutcome>> RunAsync(IReadOnlyList<Service> services, bool freeze, CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveForAsync(services, cancellationToken).ConfigureAwait(false);
        var order = new ServiceOrder(services, _services.FindDefinition);
        var changes = freeze ? order.DependantsFirst<ServiceOutcome>(ChangeAfterAsync) : order.NeededFirst<ServiceOutcome>(ChangeAfterAsync);
        return await Task.WhenAll(services.Select(service => changes[service])).ConfigureAwait(false);

        async Task<ServiceOutcome> ChangeAfterAsync(Service service, IReadOnlyList<Task<ServiceOutcome>> before)
        {
            await Task.WhenAll(before).ConfigureAwait(false);
            return await ChangeAsync(service, freeze, observation, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ServiceOutcome> ChangeAsync(Service service, bool freeze, Observation? observation, CancellationToken cancellationToken)
    {
        try
        {
            var changed = service.Mode == ServiceMode.Host
                ? await ChangeProcessAsync(service, freeze, cancellationToken).ConfigureAwait(false)
                : await ChangeContainerAsync(observation!.Runtime ?? throw observation.DockerFailure!, service, freeze, cancellationToken).ConfigureAwait(false);
            changed = await _services.SecretReader.CompleteAsync(changed, observation?.Runtime, cancellationToken).ConfigureAwait(false);
            return new ServiceOutcome(service.Name, service.Instance, changed, null);
        }
        catch (LocalZureException e)
        {
            return new ServiceOutcome(service.Name, service.Instance, null, e);
        }
    }

    private static async Task<Service> ChangeContainerAsync(IContainerRuntime runtime, Service service, bool freeze, CancellationToken cancellationToken)
    {
        var container = await new OwnContainers(runtime).FindAsync(service.ContainerId!, cancellationToken).ConfigureAwait(false);
        if (container is null)
        {
            throw NotRunning(service, freeze);
        }

        // A refusal is judged by what the container is afterwards: somebody else may have done the same.
        _ = freeze
            ? await runtime.PauseContainerAsync(container.Id, cancellationToken).ConfigureAwait(false)
            : await runtime.UnpauseContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        container = await runtime.InspectContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        return container is not null && container.State == (freeze ? ContainerState.Paused : ContainerState.Running)
            ? ContainerServiceMapper.Map(container, ObservedStates.Nothing)
            : throw NotRunning(service, freeze);
    }

    private async Task<Service> ChangeProcessAsync(Service service, bool freeze, CancellationToken cancellationToken)
    {
        var entry = await _host.Registry.ReadAsync(service.ContainerName, cancellationToken).ConfigureAwait(false);
        if (entry?.Process is not { } process || !_host.Runner.IsRunning(process))
        {
            throw NotRunning(service, freeze);
        }

        if (_host.Runner.IsSuspended(process) != freeze)
        {
            if (!(freeze ? _host.Runner.SuspendTree(process) : _host.Runner.ResumeTree(process)))
            {
                throw NotRunning(service, freeze);
            }

            _host.Activity?.Frozen(entry, freeze);
        }

        // A signal is heard when the process is next scheduled: who looks afterwards is to see it.
        for (var looks = 0; looks < MostLooks && _host.Runner.IsSuspended(process) != freeze && _host.Runner.IsRunning(process); looks++)
        {
            await Task.Delay(BetweenLooks, _host.Time, cancellationToken).ConfigureAwait(false);
        }

        return HostServiceMapper.Map(new ObservedHostProcess(entry, true, null) { IsPaused = freeze }, ObservedStates.Nothing);
    }

    private static LocalZureException NotRunning(Service service, bool freeze)
    {
        var key = new ServiceKey(service.Name, service.Instance);
        return new LocalZureException(ErrorCode.ServiceNotRunning, $"{key} does not run, so that it cannot be {(freeze ? "suspended" : "resumed")}.")
        {
            Service = service.Name,
            Instance = service.Instance,
        };
    }
}
