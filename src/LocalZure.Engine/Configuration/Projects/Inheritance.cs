using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>Decides between what a service says itself and what the defaults say: the nearer source, and of one source the service.</summary>
internal sealed class Inheritance
{
    private readonly LoadedConfiguration _loaded;
    private readonly string _service;

    /// <summary>Creates one for a service.</summary>
    public Inheritance(LoadedConfiguration loaded, string service)
    {
        _loaded = loaded;
        _service = service;
    }

    /// <summary>The value in effect; null when neither has one.</summary>
    /// <param name="key">The service's key, for example <c>memory</c>.</param>
    /// <param name="own">What the service says.</param>
    /// <param name="fallback">What the defaults say.</param>
    /// <param name="table">The table of the defaults that has the key, for example <c>resources</c>; null when they have it themselves.</param>
    public T? Pick<T>(string key, T? own, T? fallback, string? table = null) =>
        _loaded.Nearer(KeyOf(key), DefaultOf(key, table)) == DefaultOf(key, table) ? fallback : own;

    /// <summary>The value in effect that somebody has written; null when it is only the schema's own.</summary>
    /// <inheritdoc cref="Pick"/>
    public T? PickWritten<T>(string key, T? own, T? fallback) =>
        own is null && _loaded.PlaceOf(DefaultOf(key, null)).Source.Kind == SourceKind.Default ? default : Pick(key, own, fallback);

    /// <summary>The mode in effect: what has nothing to make a container of is a host process.</summary>
    /// <param name="own">What is written of the service; null for nothing.</param>
    /// <param name="isKnown">Whether the catalog has it.</param>
    public ServiceMode ModeOf(ServiceSettings? own, bool isKnown)
    {
        var mode = Pick("mode", own?.Mode, _loaded.Settings.Defaults.Mode) ?? ServiceMode.Auto;
        return _loaded.Settings.DockerEnabled == false || (mode == ServiceMode.Auto && !isKnown && own is { HasContainer: false }) ? ServiceMode.Host : mode;
    }

    private string KeyOf(string key) => $"{KeyPath.Child("services", _service)}.{key}";

    private static string DefaultOf(string key, string? table) => table is null ? $"defaults.{key}" : $"defaults.{table}.{key}";
}
