using LocalZure.Engine.Support;

namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Chooses settings by their keys.</summary>
public static class SettingFilter
{
    /// <summary>The settings that are meant.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="keys">Keys with wildcards; one without means everything below it too. None for all.</param>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public static IReadOnlyList<global::LocalZure.Configuration> Choose(IReadOnlyList<global::LocalZure.Configuration> settings, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);

        // "services.blob" is everything below it too.
        var patterns = keys.Select(key => new NamePattern(Instances.IsPattern(key) ? key : $"{key}*")).ToList();
        return settings.Where(setting => patterns.Count == 0 || patterns.Exists(pattern => pattern.Matches(setting.Key))).ToList();
    }
}
