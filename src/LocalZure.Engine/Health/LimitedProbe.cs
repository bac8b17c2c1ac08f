using LocalZure.Engine.Support;

namespace LocalZure.Engine.Health;

/// <summary>What all probes share: a look that takes too long counts as none.</summary>
internal abstract class LimitedProbe : IProbe
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(5);

    private readonly string _type;

    /// <summary>Creates one.</summary>
    /// <param name="type">Its type, as results name it.</param>
    /// <param name="target">What it looks at.</param>
    /// <param name="definition">How often it must pass and how long a look may take.</param>
    /// <param name="time">The clock for latency and limits.</param>
    protected LimitedProbe(string type, string target, ProbeDefinition definition, TimeProvider time)
    {
        _type = type;
        Target = VisibleText.Of(target);
        Passes = definition.Passes;
        Limit = definition.Timeout ?? DefaultLimit;
        Time = time;
    }

    /// <inheritdoc/>
    public string Target { get; }

    /// <inheritdoc/>
    public int Passes { get; }

    /// <inheritdoc/>
    public virtual bool WaitsItself => false;

    /// <summary>How long a look may take.</summary>
    protected TimeSpan Limit { get; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <inheritdoc/>
    public async Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await LookAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(null, $"no answer within {Limit.TotalSeconds:0.###} s");
        }
    }

    /// <summary>Looks once.</summary>
    protected abstract Task<ProbeResult> LookAsync(CancellationToken cancellationToken);

    /// <summary>The result of a look that passed.</summary>
    protected ProbeResult Passed(TimeSpan? latency, string message) => new(_type, Target, ServiceHealthStatus.Healthy, latency, VisibleText.Of(message));

    /// <summary>The result of a look that failed; a latency says that something answered all the same.</summary>
    protected ProbeResult Failed(TimeSpan? latency, string message) => new(_type, Target, ServiceHealthStatus.Unhealthy, latency, VisibleText.Of(message));
}
