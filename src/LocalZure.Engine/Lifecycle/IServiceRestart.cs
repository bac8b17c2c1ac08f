namespace LocalZure.Engine.Lifecycle;

/// <summary>One service that is ended and started again where it was. Holds the service's lock from its end until it is disposed.</summary>
internal interface IServiceRestart : IAsyncDisposable
{
    /// <summary>Ends it politely. Nothing is changed when it cannot be started again as it was.</summary>
    /// <exception cref="LocalZureException">ServiceNotRunning when it is gone, LockTimeout, or what stood in the way.</exception>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Starts it again, once it has ended, and waits until it is usable.</summary>
    /// <exception cref="LocalZureException">What stood in the way; it stays there, stopped.</exception>
    Task<Service> StartAsync(CancellationToken cancellationToken);
}
