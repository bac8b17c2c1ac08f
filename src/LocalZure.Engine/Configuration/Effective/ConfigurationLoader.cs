using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Checks;
using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Configuration.Yaml;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>Puts the layers of a configuration together: parameters, environment variables, the project's file, the user's, the profile, defaults.</summary>
internal sealed class ConfigurationLoader
{
    private readonly EnvironmentSnapshot _environment;
    private readonly string _home;
    private readonly Func<string, ServiceDefinition?> _find;

    /// <summary>Creates one.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="home">The LocalZure home, where the user's file lies.</param>
    /// <param name="find">Finds a definition of the catalog by its name; null when there is none.</param>
    public ConfigurationLoader(EnvironmentSnapshot environment, string home, Func<string, ServiceDefinition?> find)
    {
        _environment = environment;
        _home = home;
        _find = find;
    }

    /// <summary>Finds, reads and checks.</summary>
    /// <exception cref="LocalZureException">ConfigNotFound when a file that is named is not there or cannot be read. What is wrong in it is among the errors of the result.</exception>
    public async Task<LoadedConfiguration> LoadAsync(ConfigurationRequest request, CancellationToken cancellationToken)
    {
        var path = ConfigurationLocator.Find(request.Path, _environment, request.Folder);
        var userPath = ConfigurationLocator.In(_home);
        var problems = new Problems();
        var file = path is null ? null : await ConfigurationFile.ReadAsync(new Source(SourceKind.File, path), problems, cancellationToken).ConfigureAwait(false);
        var user = userPath is null || userPath == path ? null : await ConfigurationFile.ReadAsync(new Source(SourceKind.UserFile, userPath), problems, cancellationToken).ConfigureAwait(false);
        return Load(request, path, file, user, problems);
    }

    /// <summary>Puts files that were read together with the other layers, and checks all.</summary>
    /// <param name="request">What the call says itself.</param>
    /// <param name="path">The project's file; null when there is none.</param>
    /// <param name="file">Its tree; null when it is empty.</param>
    /// <param name="user">That of the user's file; null when there is none.</param>
    /// <param name="problems">What was wrong so far.</param>
    public LoadedConfiguration Load(ConfigurationRequest request, string? path, YamlNode? file, YamlNode? user, Problems problems)
    {
        var listed = ServicesOf(file).Concat(ServicesOf(user)).Distinct(StringComparer.Ordinal).ToList();
        var environment = EnvironmentLayer.Create(_environment, listed, ServiceCatalog.All.Select(definition => definition.Name));
        var parameters = ParameterLayer.Create(request);
        foreach (var layer in new[] { parameters, environment, file, user }.OfType<YamlNode>())
        {
            // Each by itself: a good value in one layer must not hide a bad one below it.
            ProjectSchema.Root.TryRead(layer, "", new SchemaReading(problems), out _);
        }

        var reading = new SchemaReading(new Problems());
        ProjectSchema.Root.TryRead(Stack(parameters, environment, file, user), "", reading, out var settings);
        var loaded = new LoadedConfiguration(path, request.Folder, settings!, reading);
        new ConfigurationChecker(loaded, _find, problems).Check();
        return new LoadedConfiguration(path, request.Folder, settings!, reading) { Errors = problems.Errors };
    }

    private static YamlNode Stack(YamlNode parameters, YamlNode environment, YamlNode? file, YamlNode? user)
    {
        YamlNode?[] written = [parameters, environment, file is YamlMapping ? file : null, user is YamlMapping ? user : null];
        var isTest = ProfileOf(Merged(written)) is { } profile && profile.Text.Equals(Scalars.Word(Profile.Test), StringComparison.OrdinalIgnoreCase) ? profile : null;
        if (isTest is null)
        {
            return Merged([.. written, DefaultsLayer.Create()])!;
        }

        var kind = isTest.Place.Source.Kind is SourceKind.Parameter or SourceKind.EnvironmentVariable ? SourceKind.NearProfile : SourceKind.Profile;
        var isolation = ProfileLayer.Isolation(new Source(kind, Scalars.Word(Profile.Test)));
        var limits = ProfileLayer.Limits(new Source(SourceKind.Profile, Scalars.Word(Profile.Test)));
        return Merged(kind == SourceKind.NearProfile
            ? [parameters, environment, isolation, .. written[2..], limits, DefaultsLayer.Create()]
            : [.. written, isolation, limits, DefaultsLayer.Create()])!;
    }

    private static YamlNode? Merged(IEnumerable<YamlNode?> layers) => layers.Aggregate(YamlTree.Merge);

    private static YamlScalar? ProfileOf(YamlNode? root) => ((root as YamlMapping)?["defaults"] as YamlMapping)?["profile"] as YamlScalar;

    private static IEnumerable<string> ServicesOf(YamlNode? root) =>
        ((root as YamlMapping)?["services"] as YamlMapping)?.Entries.Select(entry => entry.Key) ?? [];
}
