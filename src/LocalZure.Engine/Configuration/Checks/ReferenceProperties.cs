using LocalZure.Engine.Support;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>What of a service can be referred to.</summary>
internal static class ReferenceProperties
{
    /// <summary>Those that every service has; the first three can be followed by a dot and a name.</summary>
    public static readonly IReadOnlyList<string> All = ["port", "endpoint", "connectionString", "host", "name"];

    /// <summary>What is wrong with what a service refers to of itself; null when nothing is. Only what it knows before it runs can be referred to.</summary>
    /// <param name="property">The property.</param>
    /// <param name="ports">The names of its ports.</param>
    public static string? FlawOfOwn(string property, IReadOnlyCollection<string> ports) =>
        property.Split('.')[0] is "connectionString" or "endpoint" ? "of itself a service can refer to port, host and name alone" : Flaw(property, ports, []);

    /// <summary>What is wrong with a property; null when nothing is.</summary>
    /// <param name="property">The property.</param>
    /// <param name="ports">The names of the service's ports.</param>
    /// <param name="variables">The variables of its connection strings, the main one first.</param>
    public static string? Flaw(string property, IReadOnlyCollection<string> ports, IReadOnlyCollection<string> variables)
    {
        var dot = property.IndexOf('.', StringComparison.Ordinal);
        var (kind, name) = dot < 0 ? (property, null) : (property[..dot], property[(dot + 1)..]);
        return kind switch
        {
            "host" or "name" when name is null => null,
            "connectionString" when variables.Count == 0 => "it has no connection string",
            "connectionString" => name is null || variables.Contains(name) ? null : $"it has no connection string '{name}'{Nearest(name, variables)}",
            "port" or "endpoint" when name is null => ports.Count <= 1 ? null : $"it has several ports: write {string.Join(" or ", ports.Take(10).Select(port => $"{kind}.{port}"))}",
            "port" or "endpoint" => ports.Contains(name!) ? null : $"it has no port '{name}'{(ports.Count == 0 ? "" : $", but {string.Join(", ", ports.Take(10))}")}",
            _ => NearestNames.Of(kind, All) is [var nearest, ..] ? $"did you mean '{nearest}'?" : $"there are {string.Join(", ", All)}",
        };
    }

    // All of a few names, else the nearest ones.
    private static string Nearest(string name, IReadOnlyCollection<string> variables) =>
        NearestNames.Of(name, variables) is { Count: > 0 } nearest ? $": did you mean {string.Join(" or ", nearest.Select(variable => $"'{variable}'"))}?" : $", but {string.Join(", ", variables.Take(10))}";
}
