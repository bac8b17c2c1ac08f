namespace LocalZure.Engine.Health;

/// <summary>One look at a service.</summary>
internal interface IProbe
{
    /// <summary>What is probed, for example <c>http://127.0.0.1:10000/</c>.</summary>
    string Target { get; }

    /// <summary>How often in a row it must pass.</summary>
    int Passes => 1;

    /// <summary>Whether a look itself waits for what it looks for, so that the next one may follow without a pause.</summary>
    bool WaitsItself => false;

    /// <summary>Looks once. A failing service is a result, never an exception.</summary>
    /// <exception cref="LocalZureException">It can never pass, because the definition does not fit the service.</exception>
    Task<ProbeResult> CheckAsync(CancellationToken cancellationToken);
}
