using System.Globalization;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>The ports of a service that were taken by others, told in one warning once it is known what it gets instead.</summary>
internal sealed class ReplacedPorts
{
    private readonly List<(DesiredPort Port, string Holder)> _replaced = [];

    /// <summary>Notes a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="holder">Who holds it, in words that fit after "taken by".</param>
    public void Add(DesiredPort port, string holder) => _replaced.Add((port, holder));

    /// <summary>Tells what was noted since the last time.</summary>
    /// <param name="service">The service.</param>
    /// <param name="chosen">The host ports that it gets, by port name.</param>
    /// <param name="events">Told.</param>
    public void Report(DesiredService service, IReadOnlyDictionary<string, int> chosen, IProgress<LifecycleEvent> events)
    {
        var text = _replaced switch
        {
            [] => null,
            [var (port, holder)] => $"Port {port.FirstChoice}, {StartNotices.Known(port)} of {service.Key}, is taken by {holder}; port {chosen[port.Name]} is used instead.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{_replaced.Count} ports of {service.Key} are taken: {string.Join("; ", _replaced.Select(one => $"{one.Port.FirstChoice} ('{one.Port.Name}') by {one.Holder}, {chosen[one.Port.Name]} is used instead"))}."),
        };
        _replaced.Clear();
        if (text is not null)
        {
            events.Report(new Degraded(service.Key.ContainerName, text));
        }
    }
}
