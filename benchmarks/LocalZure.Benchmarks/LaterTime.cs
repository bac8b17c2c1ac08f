namespace LocalZure.Benchmarks;

/// <summary>The clock of somebody who looks later.</summary>
internal sealed class LaterTime : TimeProvider
{
    private readonly TimeSpan _by;

    /// <summary>Creates one.</summary>
    /// <param name="by">How much later.</param>
    public LaterTime(TimeSpan by) => _by = by;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _by;
}
