using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>Checks that files and folders that are named are there.</summary>
internal sealed class PathChecks
{
    private readonly LoadedConfiguration _loaded;
    private readonly Problems _problems;

    /// <summary>Creates one.</summary>
    public PathChecks(LoadedConfiguration loaded, Problems problems)
    {
        _loaded = loaded;
        _problems = problems;
    }

    /// <summary>Whether the source of a mount is a path of this machine: <c>./web</c>, <c>/data</c>, <c>C:\data</c>, <c>~</c>; a word is a volume.</summary>
    public static bool IsPath(string source) => source is "." or ".." or "~" || source.AsSpan().IndexOfAny('/', '\\') >= 0;

    /// <summary>Checks a service.</summary>
    public void Check(string name, ServiceSettings service)
    {
        foreach (var source in service.Volumes.Keys)
        {
            CheckSource(source, KeyPath.Child(KeyPath.Service(name, "volumes"), source));
        }

        CheckTargets(service, KeyPath.Service(name, "volumes"));
        CheckFile(service.ConfigFile, KeyPath.Service(name, "config"));
        CheckBuild(service.Build, KeyPath.Service(name, "build"));
        var sql = KeyPath.Child(KeyPath.Service(name, "init"), "sql");
        for (var index = 0; index < service.Init.Sql.Count; index++)
        {
            CheckFile(service.Init.Sql[index], KeyPath.Item(sql, index));
        }

        if (service.Host?.WorkingDirectory is { } folder)
        {
            CheckFolder(folder, KeyPath.Child(KeyPath.Service(name, "host"), "working_dir"));
        }
    }

    private void CheckTargets(ServiceSettings service, string volumes)
    {
        foreach (var group in service.Volumes.GroupBy(volume => volume.Value.TrimEnd('/'), volume => volume.Key, StringComparer.Ordinal))
        {
            foreach (var source in group.Skip(1))
            {
                var key = KeyPath.Child(volumes, source);
                _problems.Add(_loaded.KeyPlaceOf(key), key, $"'{group.First()}' is mounted at {service.Volumes[source]} already.", "Give each volume a path of its own.");
            }
        }
    }

    private void CheckSource(string source, string key)
    {
        if (IsPath(source))
        {
            var path = _loaded.FullPath(source, key);
            if (!Directory.Exists(path) && !File.Exists(path))
            {
                _problems.Add(_loaded.KeyPlaceOf(key), key, $"The path '{path}' to mount does not exist.", "Create it first: Docker would make an empty folder that belongs to root.");
            }

            return;
        }

        try
        {
            NameRule.Check("volume", source);
        }
        catch (LocalZureException e)
        {
            _problems.Add(_loaded.KeyPlaceOf(key), key, e);
        }
    }

    private void CheckBuild(BuildSettings? build, string key)
    {
        if (build is null)
        {
            return;
        }

        var context = KeyPath.Child(key, "context");
        if (CheckFolder(build.Context, _loaded.Has(context) ? context : key))
        {
            var dockerfile = KeyPath.Child(key, "dockerfile");
            var path = Path.Combine(_loaded.FullPath(build.Context, key), build.Dockerfile ?? "Dockerfile");
            if (!File.Exists(path))
            {
                _problems.Add(_loaded.PlaceOf(dockerfile), _loaded.Has(dockerfile) ? dockerfile : key, $"The file '{path}' does not exist.");
            }
        }
    }

    private bool CheckFolder(string folder, string key)
    {
        var path = _loaded.FullPath(folder, key);
        if (Directory.Exists(path))
        {
            return true;
        }

        _problems.Add(_loaded.PlaceOf(key), key, $"The folder '{path}' does not exist.");
        return false;
    }

    private void CheckFile(string? file, string key)
    {
        if (file is not null && _loaded.FullPath(file, key) is var path && !File.Exists(path))
        {
            _problems.Add(_loaded.PlaceOf(key), key, $"The file '{path}' does not exist.");
        }
    }
}
