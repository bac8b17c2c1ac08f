using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>What the registry on disk knows of a host process. One file per service and instance.</summary>
internal sealed record HostProcessEntry
{
    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The name it would have as a container.</summary>
    public required string ContainerName { get; init; }

    /// <summary>Which process it is; null while it is being made.</summary>
    public ProcessIdentity? Process { get; init; }

    /// <summary>The program with its version, for example <c>azurite@3.35.0</c>.</summary>
    public required string Program { get; init; }

    /// <summary>The command line, program first. Holds no secret.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>Whether the program is Node.js.</summary>
    public bool IsNode { get; init; }

    /// <summary>The ports it was told to listen on.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init; } = [];

    /// <summary>The folders that hold its data.</summary>
    public IReadOnlyList<ServiceVolume> Volumes { get; init; } = [];

    /// <summary>The folder of its output.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>The hash of the effective definition.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>The hash of the definition without the settings of the call.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>The project whose configuration says something about it; null without one.</summary>
    public string? Project { get; init; }

    /// <summary>What others have to know of its definition where that is not the catalog's, as JSON; null where it is.</summary>
    public string? Definition { get; init; }

    /// <summary>Where the services are that it was told of, for example <c>service.redis.tcp</c> with its port; null when it was told of none.</summary>
    public IReadOnlyDictionary<string, string>? Addresses { get; init; }

    /// <summary>The folder that it runs in; null for the one of LocalZure's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The id of the key that its secrets were made with; null when it has none.</summary>
    public string? SecretId { get; init; }

    /// <summary>The names of the secrets that the user has chosen, separated by commas; null or empty for none.</summary>
    public string? OwnSecrets { get; init; }

    /// <summary>The signal that asks it to end.</summary>
    public required string StopSignal { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// Where its process was made, a <see cref="ProcessPlace"/>; null in an entry of an earlier version. Not where its owner was: a service
    /// outlives who started it, and is restarted after a reboot.
    /// </summary>
    public string? Place { get; init; }

    /// <summary>The owner, as in the label.</summary>
    public required string Owner { get; init; }

    /// <summary>The id of the start that made it.</summary>
    public required string Operation { get; init; }

    /// <summary>How long it lives.</summary>
    public ServiceLifetime Lifetime { get; init; }

    /// <summary>When its time to live ends; null when none was set.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it was left on purpose after its process has ended: it was stopped with -Keep, or has failed with -KeepOnFailure.</summary>
    public bool IsKept { get; init; }

    /// <summary>The version of LocalZure that made it.</summary>
    public required string Version { get; init; }

    /// <summary>Whether its process was made on another machine or in another container, which share this home, so that its pid means nothing here.</summary>
    public bool IsElsewhere() => Place is null
        ? OwnerIdentity.TryParse(Owner) is { } owner && owner.HostId != HostId.Current
        : ProcessPlace.TryParse(Place) is not { } place || place.IsElsewhere(ProcessPlace.Here);

    /// <summary>Whether its process was made here, in an earlier boot, so that it has ended whatever has its pid now.</summary>
    public bool IsOfAnEarlierBoot() => ProcessPlace.TryParse(Place)?.IsEarlierBoot(ProcessPlace.Here) ?? false;

    /// <summary>Whether it has all that it must have, and is that of a name: a file may hold anything.</summary>
    public bool IsWhole(string containerName) =>
        ContainerName == containerName
        && Service is not null && PlainName.Allows(Service) && (Instance is null || PlainName.Allows(Instance))
        && containerName == (Instance is null ? $"localzure-{Service}" : $"localzure-{Service}-{Instance}")
        && Program is not null && ConfigHash is not null && StopSignal is not null && Owner is not null && Operation is not null && Version is not null
        && CommandLine?.Contains(null!) == false
        && Ports?.Contains(null!) == false
        && Volumes?.Contains(null!) == false
        && Path.IsPathFullyQualified(LogDirectory ?? "");
}
