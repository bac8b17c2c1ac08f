using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>All layers as one, with what is wrong with them.</summary>
internal sealed class LoadedConfiguration
{
    private readonly SchemaReading _reading;

    /// <summary>Creates one.</summary>
    /// <param name="file">The project's file; null when there is none.</param>
    /// <param name="folder">Where relative paths begin that are not in a file.</param>
    /// <param name="settings">What all layers together say.</param>
    /// <param name="reading">What came up while that was read.</param>
    public LoadedConfiguration(string? file, string folder, ProjectSettings settings, SchemaReading reading)
    {
        File = file;
        Folder = folder;
        Settings = settings;
        _reading = reading;
    }

    /// <summary>The project's file; null when there is none.</summary>
    public string? File { get; }

    /// <summary>Where relative paths begin that are not in a file.</summary>
    public string Folder { get; }

    /// <summary>What all layers together say.</summary>
    public ProjectSettings Settings { get; }

    /// <summary>The project's name: as it is written, else that of the file's folder; null without a file.</summary>
    public string? ProjectName => Settings.Project ?? (File is null ? null : Path.GetFileName(Path.GetDirectoryName(File)));

    /// <summary>The values that somebody or the schema has set, by the path of their keys.</summary>
    public IReadOnlyDictionary<string, object> Values => _reading.Values;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; init; } = [];

    /// <summary>Whether a key is written anywhere, with whatever value.</summary>
    public bool Has(string path) => _reading.Places.ContainsKey(path);

    /// <summary>Where a key stands; that of the nearest one above it when it is not written.</summary>
    public Place PlaceOf(string path)
    {
        while (path.Length > 0)
        {
            if (_reading.Places.TryGetValue(path, out var place))
            {
                return place;
            }

            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return File is null ? Place.Default : new Place(new Source(SourceKind.File, File), 1, 1);
    }

    /// <summary>Where a key itself stands, for what is wrong with a name.</summary>
    public Place KeyPlaceOf(string path) => _reading.Keys.TryGetValue(path, out var place) ? place : PlaceOf(path);

    /// <summary>A path of this machine in full: relative ones begin where they are written, <c>~</c> is the user's folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="key">The key that it belongs to.</param>
    public string FullPath(string path, string key)
    {
        var source = PlaceOf(key).Source;
        var folder = source.IsFile ? Path.GetDirectoryName(source.Name)! : Folder;
        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.GetFullPath(path.Length <= 2 ? "." : path[2..], Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
            : Path.GetFullPath(path, folder);
    }

    /// <summary>What goes before of two keys: the one from the nearer source, and of one source the first.</summary>
    /// <returns>The path of the key; null when neither is written.</returns>
    public string? Nearer(string first, string second)
    {
        var (hasFirst, hasSecond) = (Values.ContainsKey(first), Values.ContainsKey(second));
        return hasFirst && hasSecond
            ? PlaceOf(first).Source.Kind >= PlaceOf(second).Source.Kind ? first : second
            : hasFirst ? first : hasSecond ? second : null;
    }

    /// <summary>Refuses to go on with what is wrong.</summary>
    /// <exception cref="LocalZureException">ConfigInvalid with all errors.</exception>
    public LoadedConfiguration Checked() => Errors.Count == 0 ? this : throw ConfigurationFailure.Of(Errors);
}
