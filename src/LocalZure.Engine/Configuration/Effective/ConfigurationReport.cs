using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using Setting = LocalZure.Configuration;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>Tells what is in effect, value by value, and where it comes from.</summary>
internal sealed class ConfigurationReport
{
    // What a service takes from the defaults when it does not say it itself, or when the defaults come from nearer.
    private static readonly (string Key, string Default)[] Inherited =
    [
        ("mode", "defaults.mode"),
        ("instance", "defaults.instance"),
        ("variant", "defaults.variant"),
        ("bind", "defaults.bind"),
        ("data", "defaults.data"),
        ("lifetime", "defaults.lifetime"),
        ("ttl", "defaults.ttl"),
        ("memory", "defaults.resources.memory"),
        ("cpus", "defaults.resources.cpus"),
        ("pids", "defaults.resources.pids"),
        ("timeouts.start", "defaults.timeouts.start"),
        ("timeouts.stop", "defaults.timeouts.stop"),
    ];

    private readonly LoadedConfiguration _loaded;
    private readonly Func<string, ServiceDefinition?> _find;

    /// <summary>Creates one.</summary>
    /// <param name="loaded">The configuration, without errors.</param>
    /// <param name="find">Finds a definition of the catalog by its name; null when there is none.</param>
    public ConfigurationReport(LoadedConfiguration loaded, Func<string, ServiceDefinition?> find)
    {
        _loaded = loaded;
        _find = find;
    }

    /// <summary>All settings: those of the file as a whole, the defaults, then the services by name.</summary>
    public IReadOnlyList<Setting> Create()
    {
        var general = Lists(_loaded.Values).Where(pair => !pair.Key.StartsWith("services", StringComparison.Ordinal)).Select(pair => new Setting(pair.Key, pair.Value, _loaded.PlaceOf(pair.Key).Origin));
        return
        [
            .. general.OrderBy(setting => setting.Key.StartsWith("defaults", StringComparison.Ordinal)).ThenBy(setting => setting.Key, StringComparer.Ordinal),
            .. _loaded.Settings.Services.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => OfService(pair.Key, pair.Value)),
        ];
    }

    private IEnumerable<Setting> OfService(string name, ServiceSettings service)
    {
        var path = KeyPath.Child("services", name);
        var found = Lists(_loaded.Values.Where(pair => pair.Key.StartsWith(path, StringComparison.Ordinal) && pair.Key.Length > path.Length && pair.Key[path.Length] is '.' or '['))
            .ToDictionary(pair => pair.Key, pair => new Setting(pair.Key, pair.Value, _loaded.PlaceOf(pair.Key).Origin), StringComparer.Ordinal);
        found.TryAdd(KeyPath.Child(path, "enabled"), new Setting(KeyPath.Child(path, "enabled"), true, _loaded.PlaceOf(path).Origin));
        foreach (var (key, fallback) in Inherited)
        {
            var own = $"{path}.{key}";
            if (_loaded.Nearer(own, fallback) is { } nearer)
            {
                found[own] = new Setting(own, _loaded.Values[nearer], _loaded.PlaceOf(nearer).Origin);
            }
        }

        if (_find(name) is { } definition)
        {
            AddImage(path, service, definition, found);
            AddPorts(path, definition, found);
        }

        return found.Values.OrderByDescending(setting => setting.Key == KeyPath.Child(path, "enabled")).ThenBy(setting => setting.Key, StringComparer.Ordinal);
    }

    private static void AddImage(string path, ServiceSettings service, ServiceDefinition definition, Dictionary<string, Setting> found)
    {
        if (service.Image is not null || service.Build is not null)
        {
            return;
        }

        var (key, tag, variant) = (KeyPath.Child(path, "image"), found.GetValueOrDefault(KeyPath.Child(path, "tag")), found.GetValueOrDefault(KeyPath.Child(path, "variant")));
        found[key] = tag is not null ? new Setting(key, ImageNameRule.WithTag(definition.Image, (string)tag.Value), tag.Origin)
            : definition.AlpineImage is { } alpine && Scalars.Word(ImageVariant.Alpine).Equals(variant?.Value as string, StringComparison.OrdinalIgnoreCase) ? new Setting(key, alpine, variant!.Origin)
            : new Setting(key, definition.Image, Place.Default.Origin);
    }

    private void AddPorts(string path, ServiceDefinition definition, Dictionary<string, Setting> found)
    {
        var single = KeyPath.Child(path, "port");
        var table = KeyPath.Child(path, "ports");
        foreach (var port in definition.Ports)
        {
            var key = definition.Ports.Count == 1 && !found.ContainsKey(KeyPath.Child(table, port.Name)) ? single : KeyPath.Child(table, port.Name);
            var written = new[] { KeyPath.Child(table, port.Name), $"{KeyPath.Child(table, port.Name)}.host", single, table }.FirstOrDefault(_loaded.Values.ContainsKey);
            var isFree = _loaded.Settings.Defaults.Ports == DefaultPorts.Auto;
            if (isFree && (written is null || _loaded.Nearer(written, "defaults.ports") != written))
            {
                found[key] = new Setting(key, PortWish.Any.ToString(), _loaded.PlaceOf("defaults.ports").Origin);
            }
            else if (written is null)
            {
                found[key] = new Setting(key, port.DefaultHostPort, Place.Default.Origin);
            }
            else if (written == single && key != single)
            {
                found[key] = new Setting(key, _loaded.Values[written], _loaded.PlaceOf(written).Origin);
            }
        }
    }

    // depends_on[0] and depends_on[1] are one setting: a list.
    private static IEnumerable<KeyValuePair<string, object>> Lists(IEnumerable<KeyValuePair<string, object>> values) =>
        values.GroupBy(pair => pair.Key.EndsWith(']') && !pair.Key.EndsWith("']", StringComparison.Ordinal) ? pair.Key[..pair.Key.LastIndexOf('[')] : pair.Key, StringComparer.Ordinal)
            .Select(group => group.Count() == 1 && group.First().Key == group.Key
                ? group.First()
                : KeyValuePair.Create<string, object>(group.Key, group.Select(pair => Convert.ToString(pair.Value, System.Globalization.CultureInfo.InvariantCulture)!).ToArray()));
}
