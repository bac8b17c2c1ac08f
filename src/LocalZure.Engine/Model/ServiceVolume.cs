namespace LocalZure;

/// <summary>Storage of a service that outlives its container or process.</summary>
/// <param name="Name">The volume's name in the service's definition, for example <c>data</c>; empty for a bind mount the user asked for.</param>
/// <param name="Source">The Docker volume's name, or a folder of this machine.</param>
/// <param name="Target">The path inside the container; in host mode the same as <paramref name="Source"/>.</param>
/// <param name="Kind"><c>volume</c>, <c>bind</c> or <c>directory</c> (host mode).</param>
public sealed record ServiceVolume(string Name, string Source, string Target, string Kind)
{
    /// <summary>The short form, for example <c>localzure-blob-data:/data</c>.</summary>
    public override string ToString() => $"{Source}:{Target}";
}
