using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Commands;

/// <summary>Runs the init hooks of services that were restarted or reset, where their data is fresh now and their project says what is made in it.</summary>
internal sealed class RestartHooks
{
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly ServiceProject? _project;

    private RestartHooks(LifecycleServices services, HostServices host, IProgress<LifecycleEvent> events, ServiceProject? project)
    {
        _services = services;
        _host = host;
        _events = events;
        _project = project;
    }

    /// <summary>Reads the configuration of a request, when one of its services belongs to a project. One that cannot be read stands in no restart's way.</summary>
    public static async Task<RestartHooks> LoadAsync(RestartRequest request, LifecycleServices services, HostServices host, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (request.Configuration is null || request.Services.All(service => service.Project is null))
        {
            return new RestartHooks(services, host, events, null);
        }

        try
        {
            var project = await new ProjectLoader(services.Environment, services.Home, services.FindDefinition).LoadAsync(request.Configuration, cancellationToken).ConfigureAwait(false);
            return new RestartHooks(services, host, events, project);
        }
        catch (LocalZureException e)
        {
            events.Report(new Degraded(null, $"Init hooks are not run: {e.Message}"));
            return new RestartHooks(services, host, events, null);
        }
    }

    /// <summary>Runs the hooks of a service, if they have not run on its data.</summary>
    /// <param name="service">The service as it runs now.</param>
    /// <param name="needed">What it needs, as the same call has restarted it.</param>
    /// <param name="runtime">The runtime; null without one.</param>
    /// <param name="cancellationToken">Ends the hooks.</param>
    /// <exception cref="LocalZureException">As of <see cref="ServiceSeeder"/>.</exception>
    public async Task RunAsync(Service service, IEnumerable<Service> needed, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        if (service.Project is null || _project?.Find(service.Name) is not { Init: not null } configured || configured.Project != service.Project)
        {
            return;
        }

        var request = new StartRequest { Names = [service.Name], Instance = service.Instance ?? "", NoDependency = true };
        var desired = DesiredServiceBuilder.Build(request, _project)[0];
        var observed = await _services.Observer.ObserveAsync(runtime, cancellationToken).ConfigureAwait(false);
        desired = await new StartValues(_services, runtime).ResolveAsync(desired, service.Mode, NeededServices.Of(desired, needed, observed), cancellationToken).ConfigureAwait(false);
        var seeder = new ServiceSeeder(_services, _events);
        if (service.Mode != ServiceMode.Host)
        {
            await seeder.EnsureAsync(desired, service, runtime!, cancellationToken).ConfigureAwait(false);
        }
        else if (await _host.Registry.ReadAsync(service.ContainerName, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            await seeder.EnsureAsync(desired, service, _host, HostToolLocation.Of(entry), cancellationToken).ConfigureAwait(false);
        }
    }
}
