namespace LocalZure;

/// <summary>Something of ours that has no reason to exist any more.</summary>
/// <param name="Kind"><c>Environment</c>, <c>Container</c>, <c>Network</c>, <c>Volume</c>, <c>Process</c>, <c>Entry</c> (a registry entry without its process) or <c>File</c> (a file of the LocalZure home that cannot be read).</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">The container's, network's or process' id.</param>
/// <param name="Service">The service it belonged to; null for a network.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="Reason">Why it is an orphan.</param>
/// <param name="CreatedAt">When it was created; null when not known.</param>
/// <param name="Removed">Whether it was removed by the call that returned this.</param>
public sealed record Orphan(
    string Kind,
    string Name,
    string Id,
    string? Service,
    string? Instance,
    string Reason,
    DateTimeOffset? CreatedAt,
    bool Removed)
{
    /// <summary>The short form, for example <c>Container localzure-blob (its start died)</c>.</summary>
    public override string ToString() => $"{Kind} {Name} ({Reason})";
}
