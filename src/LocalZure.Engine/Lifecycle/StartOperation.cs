namespace LocalZure.Engine.Lifecycle;

/// <summary>One start of one service by one process.</summary>
/// <param name="Id">Its id, unique.</param>
/// <param name="Owner">The process that runs it, as in <see cref="Labels.Owner"/>.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record StartOperation(string Id, string Owner, DateTimeOffset StartedAt)
{
    /// <summary>The id of the LocalZure home when what it makes goes, data included, once nobody uses its environment there any more; null otherwise.</summary>
    public string? EphemeralOf { get; init; }
}
