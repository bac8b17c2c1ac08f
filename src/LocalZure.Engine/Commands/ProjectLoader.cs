using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Projects;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Finds the services that a call can name: those of a configuration on top of the catalog.</summary>
internal sealed class ProjectLoader
{
    private static readonly string[] ReadWithoutConfiguration =
        ["LOCALZURE_HOME", "LOCALZURE_MODE", "LOCALZURE_INSTANCE", "LOCALZURE_PORT_RANGE", "LOCALZURE_ACCEPT_EULA", Trust.Variable];

    private readonly EnvironmentSnapshot _environment;
    private readonly string _home;
    private readonly Func<string, ServiceDefinition?> _find;

    /// <summary>Creates one.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="find">Finds a definition of the catalog by its name; null when there is none.</param>
    public ProjectLoader(EnvironmentSnapshot environment, string home, Func<string, ServiceDefinition?> find)
    {
        _environment = environment;
        _home = home;
        _find = find;
    }

    /// <summary>Loads the project.</summary>
    /// <param name="request">Which configuration; null takes the catalog alone.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">ConfigInvalid with all errors, ConfigNotFound, or ParameterInvalid for a variable that cannot be.</exception>
    public async Task<ServiceProject> LoadAsync(ConfigurationRequest? request, CancellationToken cancellationToken)
    {
        if (request is null || IsEmpty(request))
        {
            return ServiceProject.Of(_find, DesiredServiceBuilder.InstanceOf(_environment["LOCALZURE_INSTANCE"]), ModeOf(_environment["LOCALZURE_MODE"]));
        }

        var loaded = await new ConfigurationLoader(_environment, _home, _find).LoadAsync(request, cancellationToken).ConfigureAwait(false);
        return new ProjectReader(loaded.Checked(), _find).Read();
    }

    // The usual case is a folder without a configuration: then there is nothing to put together.
    private bool IsEmpty(ConfigurationRequest request) =>
        request is { Profile: null, Mode: null, Instance: null }
        && ConfigurationLocator.Find(request.Path, _environment, request.Folder) is null
        && ConfigurationLocator.In(_home) is null
        && _environment.Variables.All(variable => !variable.Key.StartsWith("LOCALZURE_", StringComparison.OrdinalIgnoreCase) || variable.Value.Length == 0 || ReadWithoutConfiguration.Contains(variable.Key, StringComparer.OrdinalIgnoreCase));

    private static ServiceMode ModeOf(string? text) => text switch
    {
        null => ServiceMode.Auto,
        _ when Enum.TryParse<ServiceMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) => mode,
        _ => throw new LocalZureException(ErrorCode.ParameterInvalid, $"LOCALZURE_MODE is '{text}', which is not a mode.", "Set it to Auto, Docker or Host."),
    };
}
