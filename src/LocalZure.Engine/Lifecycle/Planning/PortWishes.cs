using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Applies the ports of a request, by name, to the ports of definitions. Pure.</summary>
internal static class PortWishes
{
    /// <summary>Checks that every wish is for a port that one of the services has, and in range.</summary>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static void CheckNames(IReadOnlyDictionary<string, int> wishes, IReadOnlyList<ServiceDefinition> definitions)
    {
        foreach (var (name, port) in wishes)
        {
            if (port is < 0 or > 65535)
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

        var twice = wishes.Where(wish => wish.Value > 0).GroupBy(wish => wish.Value).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new LocalZureException(ErrorCode.PortInvalid, $"Port {twice.Key} was asked for twice.");
        }
    }

    /// <summary>The desired port of a port of a definition.</summary>
    /// <param name="wishes">Host ports by name; the empty name stands for the only port, with 0 for all ports.</param>
    /// <param name="port">The definition's port.</param>
    /// <param name="address">The address of the host to bind to.</param>
    public static DesiredPort Apply(IReadOnlyDictionary<string, int> wishes, PortDefinition port, string address)
    {
        var wished = wishes.TryGetValue(port.Name, out var number) || wishes.TryGetValue("", out number);
        return new DesiredPort(port.Name, port.ContainerPort, address, wished ? number : port.DefaultHostPort, wished && number > 0, port.Protocol);
    }

    private static void CheckSingle(int port, IReadOnlyList<ServiceDefinition> definitions)
    {
        // 0 takes free ports, however many are needed.
        if (port > 0 && (definitions.Count > 1 || definitions[0].Ports.Count > 1))
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
