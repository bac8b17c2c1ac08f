using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Projects;
using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>Checks that what services need is started with them, and where they can reach it.</summary>
internal sealed class NeededChecks
{
    private readonly LoadedConfiguration _loaded;
    private readonly Func<string, ServiceDefinition?> _find;
    private readonly Problems _problems;

    /// <summary>Creates one.</summary>
    public NeededChecks(LoadedConfiguration loaded, Func<string, ServiceDefinition?> find, Problems problems)
    {
        _loaded = loaded;
        _find = find;
        _problems = problems;
    }

    private IReadOnlyDictionary<string, ServiceSettings> Services => _loaded.Settings.Services;

    /// <summary>Checks what services need of each other.</summary>
    /// <param name="needs">By service what it needs, each with the key that says so.</param>
    public void Check(IReadOnlyDictionary<string, Dictionary<string, string>> needs)
    {
        foreach (var (name, needed) in needs)
        {
            foreach (var (other, key) in needed)
            {
                CheckEnabled(name, other, key);
                CheckPlace(name, other, key);
            }
        }
    }

    // What is switched off itself is only started by its name, by somebody who knows.
    private void CheckEnabled(string name, string other, string key)
    {
        if (Services[name].Enabled != false && Services.GetValueOrDefault(other) is { Enabled: false })
        {
            var origin = _loaded.PlaceOf(KeyPath.Service(other, "enabled")).Origin;
            _problems.Add(_loaded.PlaceOf(key), key, $"'{name}' needs '{other}', which is disabled ({origin}).", $"Enable '{other}', or let '{name}' do without it.");
        }
    }

    // No container reaches the ports of this machine's loopback address.
    private void CheckPlace(string name, string other, string key)
    {
        if (IsContainer(name) && ModeOf(other) == ServiceMode.Host)
        {
            _problems.Add(
                _loaded.PlaceOf(key),
                key,
                $"'{name}' runs in a container, from which '{other}', which it needs and which runs as a host process, cannot be reached.",
                $"Run '{other}' in a container too, or '{name}' with mode: host.");
        }
    }

    // What could run on the host as well is left to the start, which knows whether there is Docker.
    private bool IsContainer(string name) => ModeOf(name) switch
    {
        ServiceMode.Docker => true,
        ServiceMode.Host => false,
        _ => Services[name].Host is not { Command.Count: > 0 } && _find(name)?.Host is null,
    };

    private ServiceMode ModeOf(string name) => new Inheritance(_loaded, name).ModeOf(Services.GetValueOrDefault(name), _find(name) is not null);
}
