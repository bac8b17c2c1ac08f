using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>
/// The ports of one start on the host. A process cannot be asked to bind beforehand, so what is taken is seen by a try to
/// bind, and what is lost in the gap until the process binds is seen by its end and replaced.
/// </summary>
internal sealed class HostPorts
{
    private readonly DesiredService _service;
    private readonly LifecycleServices _services;
    private readonly IContainerRuntime? _runtime;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly ReplacedPorts _replaced = new();
    private readonly Dictionary<string, int> _chosen = new(StringComparer.Ordinal);

    /// <summary>Creates one.</summary>
    /// <param name="service">The service.</param>
    /// <param name="services">Gives free ports.</param>
    /// <param name="runtime">The runtime whose containers may hold ports; null without one.</param>
    /// <param name="events">Told when a default port is replaced.</param>
    public HostPorts(DesiredService service, LifecycleServices services, IContainerRuntime? runtime, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _service = service;
        _services = services;
        _events = events;
    }

    /// <summary>The ports of the last choice, by port name.</summary>
    public IReadOnlyDictionary<string, int> Chosen => _chosen;

    /// <summary>The ports of the last choice, as users see them.</summary>
    public IReadOnlyList<ServicePort> AsServicePorts() => _service.Ports
        .Select(port => new ServicePort(port.Name, _chosen[port.Name], port.HostAddress, _chosen[port.Name], port.Protocol)).ToList();

    /// <summary>Chooses, or chooses again after a start has failed because a port was taken.</summary>
    /// <exception cref="LocalZureException">PortInUse when the user asked for exactly a port that is taken, PortRangeExhausted.</exception>
    public async Task ChooseAsync(CancellationToken cancellationToken)
    {
        var remembered = await _services.PortMemory.ReadAsync(_service.Key.ContainerName, cancellationToken).ConfigureAwait(false);
        foreach (var port in _service.Ports)
        {
            if (port.FirstChoice > 0 && PortAllocator.CanBind(port.HostAddress, port.FirstChoice, port.Protocol))
            {
                _chosen[port.Name] = port.FirstChoice;
                continue;
            }

            var holder = port.FirstChoice > 0 ? await HolderOfAsync(port, cancellationToken).ConfigureAwait(false) : "";
            if (port.Explicit)
            {
                throw StartFailures.PortTaken(_service, port, holder, null);
            }

            _chosen[port.Name] = _services.PortAllocator.Value.Allocate(port.HostAddress, taken => IsChosen(taken, port.Protocol), remembered.GetValueOrDefault(port.Name), port.Range, port.Protocol);
            if (port.FirstChoice > 0)
            {
                _replaced.Add(port, holder);
            }
        }

        _replaced.Report(_service, _chosen, _events);
    }

    // One number is two ports, one of TCP and one of UDP.
    private bool IsChosen(int number, string protocol) => _service.Ports.Any(port => port.Protocol == protocol && _chosen.TryGetValue(port.Name, out var chosen) && chosen == number);

    private Task<string> HolderOfAsync(DesiredPort port, CancellationToken cancellationToken) => PortHolderFinder.DescribeAsync(_runtime, port.FirstChoice, cancellationToken);
}
