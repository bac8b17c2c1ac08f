namespace LocalZure.Engine.Lifecycle;

/// <summary>Which service, which copy.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
internal readonly record struct ServiceKey(string Name, string? Instance)
{
    /// <summary>The container's name: <c>localzure-&lt;service&gt;[-&lt;instance&gt;]</c>. Never parsed back; labels are.</summary>
    public string ContainerName => Suffixed($"localzure-{Name}");

    /// <summary>The network that services of one instance share.</summary>
    public string NetworkName => Suffixed("localzure");

    /// <summary>The Docker volume of a volume of the service's definition.</summary>
    public string VolumeName(string volume) => $"{ContainerName}-{volume}";

    /// <summary>How it is named in a sentence: <c>blob</c> or <c>blob (instance pr42)</c>.</summary>
    public override string ToString() => Instance is null ? Name : $"{Name} (instance {Instance})";

    private string Suffixed(string text) => Instance is null ? text : $"{text}-{Instance}";
}
