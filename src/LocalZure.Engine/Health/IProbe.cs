namespace LocalZure.Engine.Health;

/// <summary>One look at a service.</summary>
internal interface IProbe
{
    /// <summary>What is probed, for example <c>http://127.0.0.1:10000/</c>.</summary>
    string Target { get; }

    /// <summary>Looks once. A failing service is a result, never an exception; only cancellation throws.</summary>
    Task<ProbeResult> CheckAsync(CancellationToken cancellationToken);
}
