using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>Checks the ports of services, each by itself and against each other.</summary>
internal sealed class PortChecks
{
    private readonly LoadedConfiguration _loaded;
    private readonly Problems _problems;
    private readonly List<(string Service, string Key, int Port, PortProtocol Protocol, string? Address)> _taken = [];

    /// <summary>Creates one.</summary>
    public PortChecks(LoadedConfiguration loaded, Problems problems)
    {
        _loaded = loaded;
        _problems = problems;
    }

    /// <summary>Checks a service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="service">The service.</param>
    /// <param name="definition">What the catalog says; null when it does not know the service.</param>
    public void Check(string name, ServiceSettings service, ServiceDefinition? definition)
    {
        var ports = ServicePorts.Of(service, definition);
        CheckSingle(name, service, ports);
        CheckNetwork(name, service, ports);
        if (definition is null)
        {
            CheckOnly(service, _loaded.Has(KeyPath.Service(name, "port")) ? KeyPath.Service(name, "port") : KeyPath.Service(name, "ports"));
        }

        foreach (var (port, settings) in service.Ports)
        {
            CheckNamed(name, port, settings, definition, service.HasContainer);
        }

        CheckProbes(service.Ready, KeyPath.Service(name, "ready"), ports);
        CheckProbes(service.Host?.Ready, KeyPath.Child(KeyPath.Service(name, "host"), "ready"), ports);
        if (service.Enabled ?? true)
        {
            Note(name, service);
        }
    }

    /// <summary>Checks that no two of the services that were checked want the same port.</summary>
    public void CheckTaken()
    {
        foreach (var group in _taken.GroupBy(wish => (wish.Port, wish.Protocol)))
        {
            var first = group.First();
            foreach (var other in group.Skip(1).Where(other => Collide(first.Address, other.Address)))
            {
                _problems.Add(_loaded.PlaceOf(other.Key), other.Key, $"Port {other.Port} is that of '{first.Service}' already ({_loaded.PlaceOf(first.Key).Origin}).", "Choose another port, or auto for a free one.");
            }
        }
    }

    private void CheckSingle(string name, ServiceSettings service, IReadOnlyCollection<string> ports)
    {
        var key = _loaded.Has(KeyPath.Service(name, "port")) ? KeyPath.Service(name, "port") : KeyPath.Service(name, "ports");
        if (service.Port is { IsAny: false } port && ports.Count > 1)
        {
            _problems.Add(_loaded.PlaceOf(key), key, $"Port {port} alone is not enough: '{name}' has the ports {string.Join(", ", ports.Take(10))}.", $"Name them, for example ports: {{ {ports.First()}: {port.First} }}.");
        }
    }

    // Nothing is published for a container that is not in a network of its own.
    private void CheckNetwork(string name, ServiceSettings service, IReadOnlyCollection<string> ports)
    {
        if (service.Network is NetworkKind.Host or NetworkKind.None && ports.Count > 0)
        {
            var key = KeyPath.Service(name, "network");
            _problems.Add(_loaded.PlaceOf(key), key, $"The ports of '{name}' ({string.Join(", ", ports.Take(10))}) cannot be published with this network.", "Use bridge; host and none are for services without ports.");
        }
    }

    // A port of the host that is not certain does not tell the one inside.
    private void CheckOnly(ServiceSettings service, string key)
    {
        if (service is { Port: { IsExact: false } port, Ports.Count: 0 } && service.HasContainer)
        {
            _problems.Add(_loaded.PlaceOf(key), key, "The port inside the container is missing.", $"Write ports: {{ {ServicePorts.OnlyPort}: {{ container: 3000, host: {port} }} }}.");
        }
    }

    private void CheckNamed(string name, string port, PortSettings settings, ServiceDefinition? definition, bool hasContainer)
    {
        var key = KeyPath.Child(KeyPath.Service(name, "ports"), port);
        if (definition is not null)
        {
            var known = definition.Ports.Select(candidate => candidate.Name).ToList();
            if (!known.Contains(port))
            {
                _problems.Add(_loaded.KeyPlaceOf(key), key, $"'{name}' has no port '{port}'.", ConfigurationChecker.Suggestion(port, known, $"Its ports are {string.Join(", ", known)}."));
            }
        }
        else if (hasContainer && settings.Container is null && settings.Host is not { IsExact: true })
        {
            _problems.Add(_loaded.PlaceOf(key), key, $"The port inside the container is missing for '{port}'.", $"Write it as {port}: {{ container: 3000, host: {settings.Host?.ToString() ?? "auto"} }}.");
        }
    }

    private void CheckProbes(IReadOnlyList<ProbeDefinition>? probes, string key, IReadOnlyCollection<string> ports)
    {
        for (var index = 0; index < (probes?.Count ?? 0); index++)
        {
            var port = probes![index] switch
            {
                HttpProbeDefinition http => http.Port,
                TcpProbeDefinition tcp => tcp.Port,
                _ => null,
            };
            if (port is not null && !(port.Length == 0 ? ports.Count == 1 : ports.Contains(port)))
            {
                var message = port.Length == 0 ? $"The probe names no port, and the service has {(ports.Count == 0 ? "none" : "several")}." : $"The service has no port '{port}'.";
                _problems.Add(_loaded.PlaceOf(KeyPath.Item(key, index)), KeyPath.Item(key, index), message, ConfigurationChecker.Suggestion(port, ports, ports.Count == 0 ? "Name its ports under 'ports'." : $"Its ports are {string.Join(", ", ports.Take(10))}."));
            }
        }
    }

    private void Note(string name, ServiceSettings service)
    {
        var single = _loaded.Has(KeyPath.Service(name, "port")) ? KeyPath.Service(name, "port") : KeyPath.Service(name, "ports");
        Note(name, service, single, service.Port, PortProtocol.Tcp);
        foreach (var (port, settings) in service.Ports)
        {
            var key = KeyPath.Child(KeyPath.Service(name, "ports"), port);
            Note(name, service, _loaded.Has(KeyPath.Child(key, "host")) ? KeyPath.Child(key, "host") : key, settings.Host, settings.Protocol);
        }
    }

    // A nearer profile that wants free ports makes the wish void.
    private void Note(string name, ServiceSettings service, string key, PortWish? choice, PortProtocol protocol)
    {
        if (choice is { IsExact: true } port && _loaded.Nearer(key, "defaults.ports") == key)
        {
            _taken.Add((name, key, port.First, protocol, service.Bind ?? _loaded.Settings.Defaults.Bind));
        }
    }

    private static bool Collide(string? left, string? right) =>
        (left ?? HostAddress.Loopback) == (right ?? HostAddress.Loopback) || IsWildcard(left) || IsWildcard(right);

    private static bool IsWildcard(string? address) => address is "0.0.0.0" or "::";
}
