namespace LocalZure.Engine.Lifecycle;

/// <summary>One start of one service by one process.</summary>
/// <param name="Id">Its id, unique.</param>
/// <param name="Owner">The process that runs it, as in <see cref="Labels.Owner"/>.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record StartOperation(string Id, string Owner, DateTimeOffset StartedAt)
{
    /// <summary>Whether what it makes goes, data included, when nobody uses its environment any more.</summary>
    public bool IsEphemeral { get; init; }
}
