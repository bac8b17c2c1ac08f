using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>A service as it should be: its definition with everything the call changed.</summary>
internal sealed record DesiredService
{
    /// <summary>What the placeholders for the places of other services begin with.</summary>
    public const string ServicePrefix = "service.";

    /// <summary>Which service, which copy.</summary>
    public required ServiceKey Key { get; init; }

    /// <summary>Its definition.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>How its image is built; null when it has one.</summary>
    public ImageBuild? Build { get; init; }

    /// <summary>When the image that is built for it is removed.</summary>
    public ImageCleanup ImageCleanup { get; init; }

    /// <summary>Who has chosen another image than the catalog's usual one, for example <c>profile test</c>; null when the service or the call has, or nobody.</summary>
    public string? ImageOrigin { get; init; }

    /// <summary>The image that the catalog has for it usually; null for a service of the project's own.</summary>
    public string? UsualImage => ServiceCatalog.Find(Key.Name)?.Image;

    /// <summary>How long connecting to the container engine may take; null for as long as its endpoints need to be tried.</summary>
    public TimeSpan? ConnectLimit { get; init; }

    /// <summary>How long the pull of its image may take.</summary>
    public TimeSpan PullLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Ports.</summary>
    public required IReadOnlyList<DesiredPort> Ports { get; init; }

    /// <summary>Environment variables, as templates.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The names of the environment variables that the user gives.</summary>
    public IReadOnlySet<string> UserVariables { get; init; } = new HashSet<string>();

    /// <summary>The files it wants.</summary>
    public IReadOnlyList<FileDefinition> Files { get; init; } = [];

    /// <summary>What its templates' secrets and needed services stand for, by placeholder; empty until its start finds out. Holds secrets.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The id of the key that its secrets are made with; null until its start finds out, and when it has none.</summary>
    public string? SecretId { get; init; }

    /// <summary>Storage.</summary>
    public required IReadOnlyList<DesiredMount> Mounts { get; init; }

    /// <summary>Memory limit in bytes; null for none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPU limit in CPUs; null for none.</summary>
    public double? Cpus { get; init; }

    /// <summary>What only its container has.</summary>
    public ContainerSettings Container { get; init; } = ContainerSettings.Usual;

    /// <summary>How it is to run.</summary>
    public ServiceMode Mode { get; init; }

    /// <summary>The configuration's project; null when no configuration says anything about it.</summary>
    public string? Project { get; init; }

    /// <summary>Whether its licence is accepted.</summary>
    public bool AcceptsLicense { get; init; }

    /// <summary>Whether it ends with this process; null when the call does not say.</summary>
    public ServiceLifetime? Lifetime { get; init; }

    /// <summary>Whether the call's profile <c>test</c> makes it one that ends with the session.</summary>
    public bool IsForTest { get; init; }

    /// <summary>How long it may live; null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>How long what it replaces was to live; null when it replaces nothing.</summary>
    public ExistingLife? Predecessor { get; init; }

    /// <summary>Whether it ends with a process: as the call says, else as what it replaces did.</summary>
    public ServiceLifetime WholeLifetime => Lifetime ?? Predecessor?.Lifetime ?? ServiceLifetime.Persistent;

    /// <summary>How long it may take to become usable.</summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>What of the call only containers can give, in words; empty when host mode gives it all.</summary>
    public IReadOnlyList<string> ContainerOnly { get; init; } = [];

    /// <summary>Whether the call names it; false when it is only there because another one needs it.</summary>
    public bool IsRequested { get; init; } = true;

    /// <summary>The service as its definition has it, without the settings of the call; null when the call has none.</summary>
    public DesiredService? AsDefined { get; init; }

    /// <summary>Whether the call has settings of its own.</summary>
    public bool HasOwnSettings => AsDefined is not null;

    /// <summary>The names of the secrets that the call gives, separated by commas.</summary>
    public string OwnSecrets => string.Join(',', Definition.Secrets.Where(secret => UserVariables.Contains(secret.Variable)).Select(secret => secret.Name));

    /// <summary>The environment variables with their templates filled.</summary>
    public IReadOnlyDictionary<string, string> Filled(Template template) =>
        Environment.ToDictionary(pair => pair.Key, pair => template.Fill(pair.Value), StringComparer.Ordinal);

    /// <summary>The service with the image that was built for it.</summary>
    public DesiredService WithImage(string image) => this with { Image = image, AsDefined = AsDefined is { } defined ? defined with { Image = image } : null };

    /// <summary>
    /// Where the services are that it is told of, as <c>service.redis</c> and <c>service.redis.tcp</c>: what its <see cref="Values"/> hold of those that
    /// the texts it runs with refer to. Holds no secret.
    /// </summary>
    public IReadOnlyDictionary<string, string> Addresses
    {
        get
        {
            var told = RunTemplates.SelectMany(Template.PlaceholdersIn).ToList();
            return Values.Where(pair => Definition.DependsOn.Any(name => IsOf($"{ServicePrefix}{name}", pair.Key) && told.Exists(key => IsOf($"{ServicePrefix}{name}", key) || IsOf($"{ReferencedService.Prefix}{name}", key))))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        }
    }

    /// <summary>Every template that it runs with.</summary>
    private IEnumerable<string> RunTemplates =>
        Environment.Values.Concat(Definition.Command ?? []).Concat(Files.Select(file => file.Content)).Concat(Definition.Host?.Arguments ?? []).Concat(Definition.Host?.Environment.Values ?? []);

    /// <summary>Every template of it that is filled when it starts.</summary>
    public IEnumerable<string> Templates =>
        RunTemplates.Concat(Init?.Exec.SelectMany(command => command) ?? []).Concat(Init?.Scripts.SelectMany(command => command) ?? []);

    /// <summary>The hash of the definition alone.</summary>
    public string DefinitionHash => AsDefined?.ConfigHash ?? ConfigHash;

    /// <summary>The process that it belongs to: that of a start, unless it goes on with the session of what it replaces.</summary>
    public string OwnerOf(StartOperation operation) =>
        Lifetime is null && Predecessor is { Lifetime: ServiceLifetime.Session, Owner: { } owner } ? owner : operation.Owner;

    /// <summary>When its time to live ends; null for never.</summary>
    public DateTimeOffset? EndOf(StartOperation operation) =>
        TimeToLive is { } timeToLive ? operation.StartedAt + timeToLive : Predecessor?.ExpiresAt;

    /// <summary>The hash of everything that makes another container or process necessary when it changes.</summary>
    public string ConfigHash => Planning.ConfigHash.Of(this);

    /// <summary>What is made in it once, when its data is fresh; null for nothing.</summary>
    public InitContent? Init { get; init; }

    private static bool IsOf(string prefix, string key) => key == prefix || key.StartsWith($"{prefix}.", StringComparison.Ordinal);
}
