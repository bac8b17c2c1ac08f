using LocalZure.Engine.Catalog;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Applies the ports of a request, by name, to the ports of definitions. Pure.</summary>
internal static class PortWishes
{
    /// <summary>Checks that every wish is for a port that one of the services has, and in range.</summary>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static void CheckNames(IReadOnlyDictionary<string, PortWish> wishes, IReadOnlyList<ServiceDefinition> definitions)
    {
        foreach (var (name, port) in wishes)
        {
            if (port.First is < 0 or > 65535 || port.Last is < 0 or > 65535 || port.First > port.Last || (port.First == 0 && !port.IsAny))
            {
                throw new LocalZureException(ErrorCode.PortInvalid, $"{port} is not a port.");
            }

            if (name.Length == 0)
            {
                CheckSingle(port, definitions);
            }
            else if (!definitions.Any(definition => definition.Ports.Any(candidate => candidate.Name == name)))
            {
                throw new LocalZureException(ErrorCode.PortInvalid, $"'{name}' is not a port of {Names(definitions)}, which {Have(definitions)} {Ports(definitions)}.");
            }
        }

        var ports = definitions.SelectMany(definition => definition.Ports).ToLookup(port => port.Name, port => port.Protocol, StringComparer.Ordinal);
        var twice = wishes.Where(wish => wish.Value.IsExact).GroupBy(wish => (wish.Value, ports[wish.Key].FirstOrDefault())).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new LocalZureException(ErrorCode.PortInvalid, $"Port {twice.Key.Value} was asked for twice.");
        }
    }

    /// <summary>The desired port of a port of a definition.</summary>
    /// <param name="wishes">Host ports by name; the empty name stands for the only port, or for all of them.</param>
    /// <param name="port">The definition's port.</param>
    /// <param name="address">The address of the host to bind to.</param>
    /// <param name="free">Where free ports are taken from; null for the engine's own range.</param>
    public static DesiredPort Apply(IReadOnlyDictionary<string, PortWish> wishes, PortDefinition port, string address, PortWish? free = null)
    {
        var usual = free is { } given ? new PortRange(given.First, given.Last) : (PortRange?)null;
        if (!wishes.TryGetValue(port.Name, out var wish) && !wishes.TryGetValue("", out wish))
        {
            return new DesiredPort(port.Name, port.ContainerPort, address, port.DefaultHostPort, Explicit: false, port.Protocol, usual);
        }

        var range = wish.IsExact || wish.IsAny ? usual : new PortRange(wish.First, wish.Last);
        return new DesiredPort(port.Name, port.ContainerPort, address, wish.IsExact ? wish.First : 0, wish.IsExact, port.Protocol, range);
    }

    private static void CheckSingle(PortWish port, IReadOnlyList<ServiceDefinition> definitions)
    {
        // The others take free ports, however many are needed.
        if (port.IsExact && (definitions.Count > 1 || definitions[0].Ports.Count > 1))
        {
            throw new LocalZureException(
                ErrorCode.PortInvalid,
                $"Port {port} alone is not enough: {Names(definitions)} {Have(definitions)} {Ports(definitions)}.",
                $"Name the ports, for example -Port @{{ {definitions[0].Ports[0].Name} = {port} }}.");
        }
    }

    private static string Have(IReadOnlyList<ServiceDefinition> definitions) => definitions.Count > 1 ? "have" : "has";

    private static string Names(IReadOnlyList<ServiceDefinition> definitions) => string.Join(" and ", definitions.Select(definition => definition.Name));

    private static string Ports(IReadOnlyList<ServiceDefinition> definitions)
    {
        var names = definitions.SelectMany(definition => definition.Ports).Select(port => port.Name).Distinct(StringComparer.Ordinal).ToList();
        return $"the port{(names.Count > 1 ? "s" : "")} {string.Join(", ", names)}";
    }
}
