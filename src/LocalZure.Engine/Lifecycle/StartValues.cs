using System.Globalization;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Finds out what the placeholders of a service's templates stand for when it starts: its secrets, and what it needs as seen from it.</summary>
internal sealed class StartValues
{
    private readonly LifecycleServices _services;
    private readonly IContainerRuntime? _runtime;

    /// <summary>Creates one.</summary>
    /// <param name="services">What all starts share.</param>
    /// <param name="runtime">The runtime; null without one.</param>
    public StartValues(LifecycleServices services, IContainerRuntime? runtime)
    {
        _services = services;
        _runtime = runtime;
    }

    /// <summary>The service with its <see cref="DesiredService.Values"/>, and with the commands of its init hooks as they are run.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="mode">How it will run.</param>
    /// <param name="needed">The services it needs that are there, by name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="LocalZureException">HostModeUnsupported when a container needs what runs as a host process.</exception>
    public async Task<DesiredService> ResolveAsync(DesiredService desired, ServiceMode mode, IReadOnlyDictionary<string, Service> needed, CancellationToken cancellationToken)
    {
        var resolved = await FindValuesAsync(desired, mode, needed, cancellationToken).ConfigureAwait(false);
        if (desired.Init is not { } init || init.Exec.Count + init.Scripts.Count == 0)
        {
            return resolved;
        }

        // What runs in the container sees other services as the container does; scripts see them as this machine does.
        var onHost = mode == ServiceMode.Host ? resolved : await FindValuesAsync(desired, ServiceMode.Host, needed, cancellationToken).ConfigureAwait(false);
        return resolved with { Init = init with { Exec = Filled(init.Exec, resolved), Scripts = Filled(init.Scripts, onHost) } };
    }

    private async Task<DesiredService> FindValuesAsync(DesiredService desired, ServiceMode mode, IReadOnlyDictionary<string, Service> needed, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string? secretId = null;
        if (desired.Definition.Secrets.Count > 0)
        {
            secretId = (await _services.Secrets.GetAsync(cancellationToken).ConfigureAwait(false)).Id;
            await AddOwnSecretsAsync(values, desired, cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in desired.Definition.DependsOn)
        {
            var service = needed.GetValueOrDefault(name);
            if ((service is null ? _services.FindDefinition(name) : _services.DefinitionOf(service)) is { } definition)
            {
                AddPlace(values, desired.Key, mode, definition, service);
                await AddSecretsAsync(values, new ServiceKey(name, desired.Key.Instance), definition, service, cancellationToken).ConfigureAwait(false);
            }
        }

        AddReferences(values, desired, mode, needed);
        return desired with { Values = values, SecretId = secretId };
    }

    private static List<IReadOnlyList<string>> Filled(IReadOnlyList<IReadOnlyList<string>> commands, DesiredService desired)
    {
        var ports = desired.Ports.ToDictionary(port => port.Name, port => port.ContainerPort, StringComparer.Ordinal);
        var template = new Template(HostAddress.Loopback, ports, new Dictionary<string, string>(), desired.Values);
        return commands.Select(command => (IReadOnlyList<string>)command.Select(template.Fill).ToList()).ToList();
    }

    private async Task AddOwnSecretsAsync(Dictionary<string, string> values, DesiredService desired, CancellationToken cancellationToken)
    {
        var key = await _services.Secrets.GetAsync(cancellationToken).ConfigureAwait(false);
        foreach (var secret in desired.Definition.Secrets)
        {
            values[$"secret.{secret.Name}"] = desired.UserVariables.Contains(secret.Variable)
                ? new Template("", new Dictionary<string, int>(), new Dictionary<string, string>(), values).Fill(desired.Environment[secret.Variable])
                : key.Make(desired.Key.Name, desired.Key.Instance, secret.Name);
        }
    }

    // What a configuration refers to, as it looks from the service: from a container the other container, from the host its
    // published ports.
    private void AddReferences(Dictionary<string, string> values, DesiredService desired, ServiceMode mode, IReadOnlyDictionary<string, Service> needed)
    {
        foreach (var key in desired.Templates.SelectMany(Template.PlaceholdersIn).Where(key => key.StartsWith(ReferencedService.Prefix, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            // A name may have a dot: of two that fit the longer one is meant.
            var name = desired.Definition.DependsOn.Where(candidate => key.StartsWith($"{ReferencedService.Prefix}{candidate}.", StringComparison.Ordinal)).MaxBy(candidate => candidate.Length)!;
            if (!needed.TryGetValue(name, out var service) || _services.DefinitionOf(service) is not { } definition)
            {
                throw Unresolved(desired, name, "does not run");
            }

            values[key] = new ReferencedService(definition, service, mode, values).Find(key[(ReferencedService.Prefix.Length + name.Length + 1)..])
                ?? throw Unresolved(desired, name, $"has nothing that {key[ReferencedService.Prefix.Length..]} names");
        }
    }

    private static LocalZureException Unresolved(DesiredService desired, string name, string flaw) =>
        new(ErrorCode.ReferenceUnresolved, $"{desired.Key} refers to {name}, which {flaw}.") { Service = desired.Key.Name, Instance = desired.Key.Instance };

    private async Task AddSecretsAsync(Dictionary<string, string> values, ServiceKey key, ServiceDefinition definition, Service? service, CancellationToken cancellationToken)
    {
        if (definition.Secrets.Count == 0)
        {
            return;
        }

        var made = await _services.Secrets.GetAsync(cancellationToken).ConfigureAwait(false);
        var known = service is null ? null : await _services.SecretReader.ReadAsync(definition, service, _runtime, cancellationToken).ConfigureAwait(false);
        foreach (var secret in definition.Secrets)
        {
            values[$"secret.{key.Name}.{secret.Name}"] = known?.GetValueOrDefault(secret.Name) ?? made.Make(key.Name, key.Instance, secret.Name);
        }
    }

    // Containers of an instance share a network, where each has its service's name. From the host they are seen through their
    // published ports.
    private static void AddPlace(Dictionary<string, string> values, ServiceKey key, ServiceMode mode, ServiceDefinition needed, Service? service)
    {
        if (mode == ServiceMode.Docker)
        {
            if (service is { Mode: ServiceMode.Host })
            {
                throw new LocalZureException(
                    ErrorCode.HostModeUnsupported,
                    $"{key} runs in a container, from which {needed.Name}, which it needs and which runs as a host process, cannot be reached.",
                    $"Stop {needed.Name} with Stop-LzService, so that it is started in a container too.")
                { Service = key.Name, Instance = key.Instance };
            }

            Add(values, needed.Name, needed.Name, needed.Ports.ToDictionary(port => port.Name, port => port.ContainerPort));
            return;
        }

        var address = HostAddress.ToConnectTo(service?.Ports is [var first, ..] ? first.HostAddress : HostAddress.Loopback);
        Add(values, needed.Name, address, needed.Ports.ToDictionary(port => port.Name, port => service?.Ports.FirstOrDefault(published => published.Name == port.Name)?.HostPort ?? port.DefaultHostPort));
    }

    private static void Add(Dictionary<string, string> values, string name, string address, Dictionary<string, int> ports)
    {
        values[$"{DesiredService.ServicePrefix}{name}"] = address;
        foreach (var (port, number) in ports)
        {
            values[$"{DesiredService.ServicePrefix}{name}.{port}"] = number.ToString(CultureInfo.InvariantCulture);
        }
    }
}
