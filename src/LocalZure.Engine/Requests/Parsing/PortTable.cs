namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Ports by name as people write them, for example <c>blob = 10000</c>, <c>queue = auto</c>, <c>table = 30000-30100</c>.</summary>
public static class PortTable
{
    /// <summary>The name under which the only port of a service is given.</summary>
    public const string OnlyPort = "";

    /// <summary>What is wished by port name; of two rows of a name the later counts.</summary>
    /// <param name="rows">Names and what is written for them.</param>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static IReadOnlyDictionary<string, PortWish> Read(IEnumerable<KeyValuePair<string, string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var ports = new Dictionary<string, PortWish>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, port) in rows)
        {
            ports[name] = PortWish.Parse(port);
        }

        return ports;
    }
}
