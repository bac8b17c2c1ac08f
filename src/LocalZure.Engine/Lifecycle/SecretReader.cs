using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Secrets;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>
/// Tells the secrets of services that exist. Those that were made with this home's key follow from it; those that the user has
/// chosen, or that another home has made, are read from the environment of the container or process.
/// </summary>
internal sealed class SecretReader
{
    private readonly HomeSecrets _home;
    private readonly Func<Service, ServiceDefinition?> _definitionOf;

    /// <summary>Creates one.</summary>
    /// <param name="home">The key of this home.</param>
    /// <param name="definitionOf">Gives the definition of a service; null when there is none.</param>
    public SecretReader(HomeSecrets home, Func<Service, ServiceDefinition?> definitionOf)
    {
        _home = home;
        _definitionOf = definitionOf;
    }

    /// <summary>Puts into a service the connection strings that name its secrets.</summary>
    /// <param name="service">The service.</param>
    /// <param name="runtime">The runtime; null without one.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<Service> CompleteAsync(Service service, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        if (_definitionOf(service) is not { Secrets.Count: > 0 } definition)
        {
            return service;
        }

        var secrets = await ReadAsync(definition, service, runtime, cancellationToken).ConfigureAwait(false);
        return ServiceFiller.Fill(definition, service, secrets.ToDictionary(pair => $"secret.{pair.Key}", pair => pair.Value, StringComparer.Ordinal));
    }

    /// <summary>The secrets of a service by name. One that cannot be told is left out.</summary>
    /// <param name="definition">The service's definition.</param>
    /// <param name="service">The service.</param>
    /// <param name="runtime">The runtime; null without one.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(ServiceDefinition definition, Service service, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (definition.Secrets.Count == 0)
        {
            return secrets;
        }

        var key = await _home.FindAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, string>? environment = null;
        foreach (var secret in definition.Secrets)
        {
            if (service.Secrets.FollowsFrom(secret.Name, key))
            {
                secrets[secret.Name] = key!.Make(service.Name, service.Instance, secret.Name);
            }
            else if ((environment ??= await EnvironmentOfAsync(service, runtime, cancellationToken).ConfigureAwait(false)).TryGetValue(secret.Variable, out var value))
            {
                secrets[secret.Name] = value;
            }
        }

        return secrets;
    }

    private static async Task<IReadOnlyDictionary<string, string>> EnvironmentOfAsync(Service service, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        var environment = service switch
        {
            { ContainerId: { } id } when runtime is not null => (await runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false))?.Environment,
            { ProcessId: { } pid } => ProcEnvironment.Read(pid),
            _ => null,
        };
        return environment ?? new Dictionary<string, string>();
    }
}
