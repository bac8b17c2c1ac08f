using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>The columns that results are shown with, those of the cmdlets' tables.</summary>
internal static class Columns
{
    private static readonly Dictionary<Type, object> All = new()
    {
        [typeof(Service)] = new Column<Service>[]
        {
            new("Name", service => service.Name),
            new("Instance", service => service.Instance),
            new("Mode", service => $"{service.Mode}"),
            new("State", service => $"{service.State}", HasTone: true),
            new("Health", service => $"{service.Health}", HasTone: true),
            new("Endpoint", service => string.Join(", ", service.Endpoints.Values)),
        },
        [typeof(ServiceDefinitionInfo)] = new Column<ServiceDefinitionInfo>[]
        {
            new("Name", service => service.Name),
            new("Ports", service => string.Join(", ", service.Ports.Select(port => FormattableString.Invariant($"{port.Key} {port.Value}")))),
            new("Modes", service => string.Join(", ", service.Modes)),
            new("Description", service => service.Description),
        },
        [typeof(ServiceHealth)] = new Column<ServiceHealth>[]
        {
            new("Time", health => Display.Time(health.CheckedAt), 8),
            new("Service", health => health.Service, 10),
            new("Instance", health => health.Instance, 10),
            new("Status", health => $"{health.Status}", 9, HasTone: true),
            new("Latency", health => Display.Span(Display.Latency(health)), 8),
            new("Uptime", health => Display.Span(health.Uptime), 11),
            new("Problem", Display.Problem),
        },
        [typeof(Orphan)] = new Column<Orphan>[]
        {
            new("Kind", orphan => orphan.Kind),
            new("Name", orphan => orphan.Name),
            new("Removed", orphan => $"{orphan.Removed}"),
            new("CreatedAt", orphan => Display.Moment(orphan.CreatedAt)),
            new("Reason", orphan => orphan.Reason),
        },
        [typeof(Configuration)] = new Column<Configuration>[]
        {
            new("Key", setting => setting.Key),
            new("Value", Display.Value),
            new("Origin", Display.Origin),
        },
        [typeof(CheckResult)] = new Column<CheckResult>[]
        {
            new("Status", check => $"{check.Status}", 8, HasTone: true),
            new("Name", check => check.Name, 14),
            new("Message", check => check.Fix is null ? check.Message : $"{check.Message} -> {check.Fix}"),
        },
        [typeof(ConfigurationError)] = new Column<ConfigurationError>[]
        {
            new("Place", Display.Place),
            new("Key", error => error.Key),
            new("Message", error => $"{error.Message} {error.Suggestion}".TrimEnd()),
        },
    };

    /// <summary>The columns of a type.</summary>
    public static IReadOnlyList<Column<T>> Of<T>() => (Column<T>[])All[typeof(T)];
}
