namespace LocalZure.Engine.Health;

/// <summary>A TCP connection to a port of the service.</summary>
/// <param name="Port">The port's name.</param>
internal sealed record TcpProbeDefinition(string Port) : ProbeDefinition
{
    /// <summary>
    /// How long the connection must stay open, unless the service says something before. Docker's proxy accepts for a
    /// published port before anything listens in the container, and closes at once then. Zero takes the connection alone.
    /// </summary>
    public TimeSpan StaysOpen { get; init; } = TimeSpan.FromMilliseconds(100);
}
