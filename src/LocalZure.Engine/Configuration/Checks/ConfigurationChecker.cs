using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>Checks what no single value tells: whether services, ports, files and references fit together.</summary>
internal sealed class ConfigurationChecker
{
    /// <summary>Among more names nobody looks for the one that was meant.</summary>
    private const int MostCandidates = 200;

    private readonly LoadedConfiguration _loaded;
    private readonly Func<string, ServiceDefinition?> _find;
    private readonly Problems _problems;

    /// <summary>Creates one.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="find">Finds a definition of the catalog by its name; null when there is none.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public ConfigurationChecker(LoadedConfiguration loaded, Func<string, ServiceDefinition?> find, Problems problems)
    {
        _loaded = loaded;
        _find = find;
        _problems = problems;
    }

    /// <summary>Checks all of it.</summary>
    public void Check()
    {
        var paths = new PathChecks(_loaded, _problems);
        var ports = new PortChecks(_loaded, _problems);
        var init = new InitChecks(_loaded, _problems);
        foreach (var (name, service) in _loaded.Settings.Services)
        {
            var definition = _find(name);
            CheckKind(name, definition);
            paths.Check(name, service);
            ports.Check(name, service, definition);
            init.Check(name, service, definition);
        }

        ports.CheckTaken();
        new DependencyChecks(_loaded, _find, _problems).Check();
    }

    /// <summary>What to say of a name that was probably mistyped.</summary>
    public static string Suggestion(string name, IReadOnlyCollection<string> candidates, string otherwise)
    {
        var nearest = candidates.Count <= MostCandidates ? NearestNames.Of(name, candidates) : [];
        return nearest.Count == 0 ? otherwise : $"Did you mean {string.Join(" or ", nearest.Select(candidate => $"'{candidate}'"))}?";
    }

    // Judged by what is written, not by what could be read of it: one flaw is told once.
    private void CheckKind(string name, ServiceDefinition? definition)
    {
        var path = KeyPath.Child("services", name);
        var (image, build) = (KeyPath.Child(path, "image"), KeyPath.Child(path, "build"));
        if (definition is null && !_loaded.Has(image) && !_loaded.Has(build) && !_loaded.Has(KeyPath.Child(path, "host")))
        {
            _problems.Add(
                _loaded.PlaceOf(path),
                path,
                $"'{name}' is not a service of the catalog and has neither image, build nor host.command.",
                Suggestion(name, ServiceCatalog.All.Select(known => known.Name).ToList(), "Get-LzService -Available lists the catalog; a service of your own needs an image, a build or a host.command."));
        }

        if (definition is null && _loaded.Settings.Services[name] is { Mode: ServiceMode.Docker, HasContainer: false } && _loaded.Has(KeyPath.Child(path, "host")))
        {
            var mode = KeyPath.Child(path, "mode");
            _problems.Add(_loaded.PlaceOf(mode), mode, $"'{name}' has neither an image nor a build to run in a container.", "Name one, or leave out the mode.");
        }

        if (_loaded.Has(image) && _loaded.Has(build) && _loaded.PlaceOf(image).Source == _loaded.PlaceOf(build).Source)
        {
            _problems.Add(_loaded.PlaceOf(build), build, $"'{name}' has an image and a build.", "Remove one of the two.");
        }
    }
}
