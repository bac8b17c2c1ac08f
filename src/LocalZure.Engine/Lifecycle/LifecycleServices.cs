using LocalZure.Engine.Catalog;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Lifecycle.Sessions;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Secrets;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>What all starts and stops of one engine share.</summary>
internal sealed record LifecycleServices
{
    private HomeSecrets? _secrets;
    private ImageBuilder? _imageBuilder;
    private HomeIdentity? _homeIdentity;

    /// <summary>The LocalZure home.</summary>
    public required string Home { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Looks at everything of ours.</summary>
    public required StateObserver Observer { get; init; }

    /// <summary>The starts in flight.</summary>
    public required OperationRegistry Operations { get; init; }

    /// <summary>Gives free ports. Made at first use, which is when a bad LOCALZURE_PORT_RANGE is an error.</summary>
    public required Lazy<PortAllocator> PortAllocator { get; init; }

    /// <summary>The environment variables, where host programs are looked for.</summary>
    public EnvironmentSnapshot Environment { get; init; } = new([]);

    /// <summary>Sees to it that what this process starts for its session ends with it; null where nobody can.</summary>
    public SessionWatch? Sessions { get; init; }

    /// <summary>Whether this process lasts as a session does.</summary>
    public bool HasSession { get; init; } = true;

    /// <summary>Finds a definition by its name; null when there is none.</summary>
    public Func<string, ServiceDefinition?> FindDefinition { get; init; } = ServiceCatalog.Find;

    /// <summary>The definition of a service that exists; null when neither it nor the catalog tells one.</summary>
    public ServiceDefinition? DefinitionOf(Service service) => service.Definition ?? FindDefinition(service.Name);

    /// <summary>The key that generated secrets are made with.</summary>
    public HomeSecrets Secrets => LazyInitializer.EnsureInitialized(ref _secrets, () => new HomeSecrets(Home));

    /// <summary>Tells the secrets of services that exist.</summary>
    public SecretReader SecretReader => new(Secrets, DefinitionOf);

    /// <summary>The environments that go when nobody uses them any more.</summary>
    public EnvironmentUserRegistry EnvironmentUsers => new(Home, Time);

    /// <summary>What tells the home from others at the same engine.</summary>
    public HomeIdentity HomeIdentity => LazyInitializer.EnsureInitialized(ref _homeIdentity, () => new HomeIdentity(Home));

    /// <summary>The output that failed starts have left.</summary>
    public FailedLogs FailedLogs => new(Home);

    /// <summary>The resets that are under way, or were interrupted.</summary>
    public ResetNotes Resets => new(Home);

    /// <summary>The free ports that services were given.</summary>
    public PortMemory PortMemory => new(Home);

    /// <summary>Remembers the free ports that a service was given, so that its next start asks for the same. A start does not fail for that.</summary>
    /// <param name="service">The service.</param>
    /// <param name="chosen">Its host ports by port name.</param>
    /// <param name="events">Told when it could not be written down.</param>
    public async Task RememberPortsAsync(DesiredService service, IReadOnlyDictionary<string, int> chosen, IProgress<LifecycleEvent> events)
    {
        if (EnvironmentUsers.Knows(service.Key.Instance))
        {
            // Its next start, if there is one, is that of another environment.
            return;
        }

        var given = service.Ports.Where(port => chosen[port.Name] != port.HostPort).ToDictionary(port => port.Name, port => chosen[port.Name], StringComparer.Ordinal);
        try
        {
            await PortMemory.RememberAsync(service.Key.ContainerName, given, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LocalZureException e)
        {
            events.Report(new Noted(service.Key.ContainerName, $"Its free ports are not remembered: {e.Message}"));
        }
    }

    /// <summary>Builds images.</summary>
    public ImageBuilder ImageBuilder => LazyInitializer.EnsureInitialized(ref _imageBuilder, () => new ImageBuilder(Home, Time));

    /// <summary>Pulls images.</summary>
    public ImagePuller Images { get; } = new();

    /// <summary>The file that starts lock while they create a network.</summary>
    public string NetworkLockFile(ServiceKey key) => Path.Combine(Home, "locks", $"{SafeName.Of(key.NetworkName)}.lock");

    /// <summary>The file that starts lock while they run the init hooks of a service.</summary>
    public string InitLockFile(ServiceKey key) => Path.Combine(Home, "locks", $"{SafeName.Of(key.ContainerName)}.init.lock");

    /// <summary>The file that restarts of a container lock.</summary>
    public string RestartLockFile(ServiceKey key) => Path.Combine(Home, "locks", $"{SafeName.Of(key.ContainerName)}.restart.lock");

    /// <summary>Writes down that a start is over but could not remove what it created: from now on it counts as one that died.</summary>
    public Task GiveUpAsync(ServiceKey key, StartOperation operation)
    {
        OperationRegistry.Tell(operation.Id, isInFlight: false);

        // No process has this start token.
        var owner = OwnerIdentity.Current with { Process = OwnerIdentity.Current.Process with { StartToken = "gave-up" } };
        return Operations.BeginAsync(new OperationEntry(operation.Id, owner.ToString(), key.Name, key.Instance, operation.StartedAt), CancellationToken.None);
    }

    /// <summary>Writes down that a start begins, so that it can be told from one whose process died.</summary>
    /// <param name="service">The service. What is to end with this session is watched before anything of it exists.</param>
    /// <param name="replaces">The container it replaces; null when there is none, and on the host.</param>
    /// <param name="onHost">Whether it makes a host process.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<StartOperation> BeginAsync(DesiredService service, string? replaces, bool onHost, CancellationToken cancellationToken)
    {
        FailedLogs.Forget(service.Key);
        var isEphemeral = EnvironmentUsers.Knows(service.Key.Instance);
        if ((service.Lifetime == ServiceLifetime.Session || isEphemeral) && Sessions is not null)
        {
            await Sessions.EnsureAsync(onHost, cancellationToken).ConfigureAwait(false);
        }

        var key = service.Key;
        var operation = new StartOperation(Guid.NewGuid().ToString("N"), OwnerIdentity.Current.ToString(), Time.GetUtcNow())
        {
            EphemeralOf = isEphemeral ? await HomeIdentity.GetAsync(cancellationToken).ConfigureAwait(false) : null,
        };
        await Operations.BeginAsync(new OperationEntry(operation.Id, operation.Owner, key.Name, key.Instance, operation.StartedAt) { Replaces = replaces, OnHost = onHost }, cancellationToken).ConfigureAwait(false);
        OperationRegistry.Tell(operation.Id, isInFlight: true);
        return operation;
    }
}
