using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Projects;
using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>Checks what services need of each other: that it is there, and that nothing needs itself in the end.</summary>
internal sealed class DependencyChecks
{
    private readonly LoadedConfiguration _loaded;
    private readonly Func<string, ServiceDefinition?> _find;
    private readonly Problems _problems;

    /// <summary>Creates one.</summary>
    public DependencyChecks(LoadedConfiguration loaded, Func<string, ServiceDefinition?> find, Problems problems)
    {
        _loaded = loaded;
        _find = find;
        _problems = problems;
    }

    private IReadOnlyDictionary<string, ServiceSettings> Services => _loaded.Settings.Services;

    /// <summary>Checks all services.</summary>
    public void Check()
    {
        // By service what it needs, each with the key that says so.
        var needs = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (name, service) in Services)
        {
            var needed = needs[name] = new Dictionary<string, string>(StringComparer.Ordinal);
            NoteDependencies(name, service, needed);
            NoteReferences(name, service, needed);
        }

        CheckCycles(needs);
        new NeededChecks(_loaded, _find, _problems).Check(needs);
    }

    private bool IsKnown(string name) => Services.ContainsKey(name) || _find(name) is not null;

    private void NoteDependencies(string name, ServiceSettings service, Dictionary<string, string> needed)
    {
        var list = KeyPath.Service(name, "depends_on");
        for (var index = 0; index < service.DependsOn.Count; index++)
        {
            var (other, key) = (service.DependsOn[index], KeyPath.Item(list, index));
            if (IsKnown(other))
            {
                needed.TryAdd(other, key);
            }
            else
            {
                _problems.Add(_loaded.PlaceOf(key), key, $"There is no service named '{other}', which '{name}' depends on.", Suggestion(other, name));
            }
        }

        foreach (var other in _find(name)?.DependsOn ?? [])
        {
            needed.TryAdd(other, KeyPath.Child("services", name));
        }
    }

    private void NoteReferences(string name, ServiceSettings service, Dictionary<string, string> needed)
    {
        foreach (var (key, text) in ReferencingTexts.Of(name, service))
        {
            foreach (var reference in Reference.In(text, IsKnown))
            {
                if (!IsKnown(reference.Service))
                {
                    _problems.Add(_loaded.PlaceOf(key), key, $"{reference.Text} refers to '{reference.Service}', which is not a service.", Suggestion(reference.Service, name), ErrorCode.ReferenceUnresolved);
                }
                else if (reference.Service == name)
                {
                    CheckOwn(name, service, key, reference);
                }
                else if (FlawOf(reference) is { } flaw)
                {
                    _problems.Add(_loaded.PlaceOf(key), key, $"{reference.Text} does not name anything of '{reference.Service}': {flaw}", "", ErrorCode.ReferenceUnresolved);
                }
                else
                {
                    CheckSecret(key, reference);
                    needed.TryAdd(reference.Service, key);
                }
            }
        }
    }

    private string? FlawOf(Reference reference)
    {
        var settings = Services.GetValueOrDefault(reference.Service) ?? new ServiceSettings();
        var known = _find(reference.Service);
        var variables = DatabaseStrings.Of(known ?? OwnDefinition.Of(reference.Service, settings), settings).Select(pair => pair.Key).ToList();
        return ReferenceProperties.Flaw(reference.Property, ServicePorts.Of(settings, known), variables);
    }

    private void CheckOwn(string name, ServiceSettings service, string key, Reference reference)
    {
        if (key.StartsWith(KeyPath.Child(KeyPath.Service(name, "init"), "scripts"), StringComparison.Ordinal))
        {
            _problems.Add(_loaded.PlaceOf(key), key, $"{reference.Text} is not known to a script by this name.", "A script finds the connection settings of its service in environment variables.", ErrorCode.ReferenceUnresolved);
        }
        else if (ReferenceProperties.FlawOfOwn(reference.Property, ServicePorts.Of(service, _find(name))) is { } flaw)
        {
            _problems.Add(_loaded.PlaceOf(key), key, $"{reference.Text} does not name anything of '{name}': {flaw}", "", ErrorCode.ReferenceUnresolved);
        }
    }

    // Everybody on the machine sees command lines.
    private void CheckSecret(string key, Reference reference)
    {
        if (reference.Property.StartsWith("connectionString", StringComparison.Ordinal) && ReferencingTexts.IsCommand(key) && _find(reference.Service) is { Secrets.Count: > 0 })
        {
            _problems.Add(_loaded.PlaceOf(key), key, $"{reference.Text} holds a password, which a command line would show to everybody.", "Put it into an environment variable that the command reads.");
        }
    }

    // Nobody means the service that needs it.
    private string Suggestion(string missing, string owner) => ConfigurationChecker.Suggestion(
        missing,
        Services.Keys.Concat(ServiceCatalog.All.Select(definition => definition.Name)).Where(name => name != owner).Distinct(StringComparer.Ordinal).ToList(),
        "Name a service of this file or of the catalog.");

    // Without recursion: a chain may be as long as the file.
    private void CheckCycles(Dictionary<string, Dictionary<string, string>> needs)
    {
        while (!_problems.IsFull && Cycle(needs) is { } cycle)
        {
            var key = needs[cycle[0]][cycle.Count > 1 ? cycle[1] : cycle[0]];
            var path = string.Join(" -> ", cycle.Append(cycle[0]).Take(20));
            _problems.Add(_loaded.PlaceOf(key), key, $"Services need each other in a circle: {path}.", "Remove one of these dependencies.", ErrorCode.DependencyCycle);
            cycle.ForEach(name => needs.Remove(name));
        }
    }

    // Takes away what needs nothing that is left, until all that is left needs something of it.
    private static List<string>? Cycle(Dictionary<string, Dictionary<string, string>> needs)
    {
        var open = needs.ToDictionary(pair => pair.Key, pair => pair.Value.Keys.Count(needs.ContainsKey), StringComparer.Ordinal);
        var users = needs.SelectMany(pair => pair.Value.Keys.Select(needed => (needed, user: pair.Key))).ToLookup(pair => pair.needed, pair => pair.user, StringComparer.Ordinal);
        var free = new Queue<string>(open.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (free.TryDequeue(out var name))
        {
            open.Remove(name);
            foreach (var user in users[name].Where(open.ContainsKey))
            {
                if (--open[user] == 0)
                {
                    free.Enqueue(user);
                }
            }
        }

        return open.Count == 0 ? null : Walk(open.Keys.First(), needs, open);
    }

    private static List<string> Walk(string start, Dictionary<string, Dictionary<string, string>> needs, Dictionary<string, int> open)
    {
        var path = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var current = start;
        while (places.TryAdd(current, path.Count))
        {
            path.Add(current);
            current = needs[current].Keys.First(open.ContainsKey);
        }

        return path[places[current]..];
    }
}
