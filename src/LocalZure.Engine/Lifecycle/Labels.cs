namespace LocalZure.Engine.Lifecycle;

/// <summary>Every label that LocalZure writes. Labels are the only memory of containers, networks and volumes.</summary>
internal static class Labels
{
    /// <summary>On everything we create. Nothing without it is ever touched.</summary>
    public const string Managed = "localzure.managed";

    /// <summary>The value of <see cref="Managed"/>.</summary>
    public const string ManagedValue = "true";

    /// <summary>The service's name.</summary>
    public const string Service = "localzure.service";

    /// <summary>The instance; absent for the unnamed one.</summary>
    public const string Instance = "localzure.instance";

    /// <summary>The project whose configuration says something about it; absent without one.</summary>
    public const string Project = "localzure.project";

    /// <summary>What others have to know of its definition where that is not the catalog's, as JSON; absent where it is.</summary>
    public const string Definition = "localzure.definition";

    /// <summary>The hash of the effective definition: the same is "unchanged", another is "recreate".</summary>
    public const string ConfigHash = "localzure.config-hash";

    /// <summary>The hash of the definition without the settings of the call that created it: a later call without settings of its own takes what is there as long as it is the same.</summary>
    public const string DefinitionHash = "localzure.definition-hash";

    /// <summary><c>Persistent</c> or <c>Session</c>.</summary>
    public const string Lifetime = "localzure.lifetime";

    /// <summary><c>&lt;host id&gt;/&lt;boot id&gt;/&lt;pid&gt;/&lt;process start&gt;</c> of the process that created it.</summary>
    public const string Owner = "localzure.owner";

    /// <summary>The id of the start that created it.</summary>
    public const string Operation = "localzure.operation";

    /// <summary>When its time to live ends, UTC, ISO 8601; absent without one.</summary>
    public const string Expires = "localzure.expires";

    /// <summary>The id of the key that its secrets were made with; absent when it has none.</summary>
    public const string SecretId = "localzure.secret-id";

    /// <summary>The names of the secrets that the user has chosen, separated by commas; absent for none.</summary>
    public const string OwnSecrets = "localzure.own-secrets";

    /// <summary>The paths of the files that were copied into it, one per line; absent for none.</summary>
    public const string Files = "localzure.files";

    /// <summary>The volumes without a name that a container has taken over from the one that it replaced, one per line; absent for none. They go with it.</summary>
    public const string TakenOverVolumes = "localzure.taken-over-volumes";

    /// <summary><c>true</c> when the image that was built for a container is removed with it.</summary>
    public const string RemovesImage = "localzure.removes-image";

    /// <summary><c>true</c> on what goes, data included, when nobody uses its environment any more; absent otherwise.</summary>
    public const string Ephemeral = "localzure.ephemeral";

    /// <summary>On what is ephemeral: the id of the LocalZure home whose users it goes with; absent otherwise, and of earlier versions.</summary>
    public const string Home = "localzure.home";

    /// <summary>The version of LocalZure that created it.</summary>
    public const string Version = "localzure.version";

    /// <summary>The name of a volume within its service's definition.</summary>
    public const string Volume = "localzure.volume";

    /// <summary>On the volume that remembers init hooks: the identity of the data that they have run on.</summary>
    public const string Seeded = "localzure.seeded";

    /// <summary>On the same: the hash of what they have made.</summary>
    public const string InitHash = "localzure.init-hash";

    /// <summary>The filter for everything of ours.</summary>
    public static readonly IReadOnlyList<string> OnlyManaged = [$"{Managed}={ManagedValue}"];

    /// <summary>What every label of ours begins with.</summary>
    public const string Prefix = "localzure.";

    /// <summary>What the labels of images that were built for a service begin with. Containers inherit them, which says nothing of them.</summary>
    public const string BuildPrefix = "localzure.built-";

    /// <summary>On images that were built for a service: that service's name.</summary>
    public const string BuiltFor = "localzure.built-for";

    /// <summary>On images that were built for a service: the project whose configuration says so; absent without one.</summary>
    public const string BuiltIn = "localzure.built-in";

    /// <summary>On images that were built for a service: the version of LocalZure that built it.</summary>
    public const string BuiltBy = "localzure.built-by";

    /// <summary>Whether labels say that the thing is ours. No proof for a container: see <see cref="Ownership"/>.</summary>
    public static bool AreManaged(IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(Managed, out var value) && value == ManagedValue;

    /// <summary>Whether labels are those of an image that was built for a service. Earlier versions wrote those of a service on it.</summary>
    public static bool AreOfBuild(IReadOnlyDictionary<string, string> labels) =>
        ValueOf(labels, BuiltFor) is not null || (AreManaged(labels) && !labels.ContainsKey(Operation));

    /// <summary>
    /// The value of a label; null when it is absent or empty. Empty is what a container is given where its image brings a value of
    /// another one.
    /// </summary>
    public static string? ValueOf(IReadOnlyDictionary<string, string> labels, string name) =>
        labels.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
