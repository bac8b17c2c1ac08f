using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// The host ports of one start. The runtime is asked to bind; what it refuses is replaced unless the user asked for it, so
/// that there is no gap between a check and a use.
/// </summary>
internal sealed class ContainerPorts
{
    private readonly DesiredService _service;
    private readonly Lazy<PortAllocator> _allocator;
    private readonly IReadOnlyDictionary<string, int> _remembered;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly Dictionary<string, int> _chosen;
    private readonly HashSet<(int Port, string Protocol)> _refused = [];
    private readonly ReplacedPorts _replaced = new();

    /// <summary>Chooses the ports to ask for first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="allocator">Gives free ports.</param>
    /// <param name="remembered">The free ports that it was given last, by port name.</param>
    /// <param name="events">Told when a port is replaced.</param>
    public ContainerPorts(DesiredService service, Lazy<PortAllocator> allocator, IReadOnlyDictionary<string, int> remembered, IProgress<LifecycleEvent> events)
    {
        _remembered = remembered;
        _service = service;
        _allocator = allocator;
        _events = events;
        _chosen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var port in service.Ports.OrderByDescending(port => port.Explicit))
        {
            var wished = port.FirstChoice > 0 && !IsChosen(port.FirstChoice, port.Protocol);
            _chosen[port.Name] = wished ? port.FirstChoice : Free(port);
            if (!wished && port.FirstChoice > 0)
            {
                _replaced.Add(port, "another port of the same service");
            }
        }
    }

    /// <summary>The host ports to ask for now, by port name.</summary>
    public IReadOnlyDictionary<string, int> Chosen => _chosen;

    /// <summary>Replaces what the runtime refused to bind.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="holderOf">Says in words who holds a port.</param>
    /// <exception cref="LocalZureException">PortInUse when the user asked for exactly that port, PortRangeExhausted.</exception>
    public async Task ReplaceAsync(ContainerRuntimeException refusal, Func<int, Task<string>> holderOf)
    {
        foreach (var port in Refused(refusal.Message))
        {
            var taken = _chosen[port.Name];
            var holder = await holderOf(taken).ConfigureAwait(false);
            if (port.Explicit)
            {
                throw StartFailures.PortTaken(_service, port, holder, refusal);
            }

            _refused.Add((taken, port.Protocol));
            _chosen[port.Name] = Free(port);
            if (port.FirstChoice == taken)
            {
                _replaced.Add(port, holder);
            }
            else
            {
                _events.Report(new Noted(_service.Key.ContainerName, $"Port {taken} was taken by {holder} in the meantime; port {_chosen[port.Name]} is asked for."));
            }
        }
    }

    /// <summary>Tells what was replaced, when it is over.</summary>
    public void ReportReplaced() => _replaced.Report(_service, _chosen, _events);

    private int Free(DesiredPort port) => _allocator.Value.Allocate(
        port.HostAddress, taken => _refused.Contains((taken, port.Protocol)) || IsChosen(taken, port.Protocol), _remembered.GetValueOrDefault(port.Name), port.Range, port.Protocol);

    // One number is two ports, one of TCP and one of UDP.
    private bool IsChosen(int number, string protocol) => _service.Ports.Any(port => port.Protocol == protocol && _chosen.TryGetValue(port.Name, out var chosen) && chosen == number);

    // "Bind for 127.0.0.1:10000 failed: port is already allocated", "listen tcp4 127.0.0.1:10000: bind: address already
    // in use": the refused one is named with its address, in some with its protocol. When none is recognised, all that may be
    // replaced are.
    private List<DesiredPort> Refused(string message)
    {
        var other = message.Contains("listen udp", StringComparison.Ordinal) ? "tcp" : message.Contains("listen tcp", StringComparison.Ordinal) ? "udp" : null;
        var named = _service.Ports.Where(port => port.Protocol != other && Names(message, _chosen[port.Name])).ToList();
        var free = _service.Ports.Where(port => !port.Explicit).ToList();
        return named.Count > 0 ? named : free.Count > 0 ? free : [.. _service.Ports];
    }

    private static bool Names(string message, int port)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $":{port}");
        var at = message.IndexOf(text, StringComparison.Ordinal);
        return at >= 0 && (at + text.Length == message.Length || !char.IsAsciiDigit(message[at + text.Length]));
    }
}
