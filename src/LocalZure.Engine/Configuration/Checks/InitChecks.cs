using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Projects;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>Checks that a service can make what it is asked to make once, and takes a configuration file of the user's.</summary>
internal sealed class InitChecks
{
    private readonly LoadedConfiguration _loaded;
    private readonly Problems _problems;

    /// <summary>Creates one.</summary>
    public InitChecks(LoadedConfiguration loaded, Problems problems)
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
        var known = definition ?? OwnDefinition.Of(name, service);
        var init = KeyPath.Service(name, "init");

        // "tables: redis has none; it takes exec and scripts."
        foreach (var flaw in InitCheck.Flaws(known, service.Init).Where(flaw => !flaw.StartsWith("sql: there is no file", StringComparison.Ordinal)))
        {
            var colon = flaw.IndexOf(':', StringComparison.Ordinal);
            var parts = flaw[..colon].Split('.', 2);
            var key = parts.Aggregate(init, KeyPath.Child);
            _problems.Add(_loaded.PlaceOf(key), key, flaw[(colon + 2)..], "");
        }

        if (service.ConfigFile is not null && known.Files.Count == 0)
        {
            var key = KeyPath.Service(name, "config");
            _problems.Add(_loaded.PlaceOf(key), key, $"'{name}' takes no configuration file.", "Mount the file under 'volumes' where the service looks for it.");
        }
    }
}
