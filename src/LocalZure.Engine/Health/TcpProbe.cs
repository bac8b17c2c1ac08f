using System.Net.Sockets;

namespace LocalZure.Engine.Health;

/// <summary>Connects and looks whether the connection stays.</summary>
internal sealed class TcpProbe : LimitedProbe
{
    private readonly TcpProbeDefinition _definition;
    private readonly string _address;
    private readonly int _hostPort;

    /// <summary>Creates one.</summary>
    /// <param name="definition">What to expect.</param>
    /// <param name="address">The address of the host to connect to.</param>
    /// <param name="hostPort">The port of the host.</param>
    /// <param name="time">The clock for latency and limits.</param>
    public TcpProbe(TcpProbeDefinition definition, string address, int hostPort, TimeProvider time)
        : base("tcp", new UriBuilder("tcp", address, hostPort).Uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), definition, time)
    {
        _definition = definition;
        _address = address;
        _hostPort = hostPort;
    }

    /// <inheritdoc/>
    protected override async Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        try
        {
            using var socket = await ProbeConnection.OpenAsync(_address, _hostPort, cancellationToken).ConfigureAwait(false);
            var latency = Time.GetElapsedTime(started);
            return _definition.StaysOpen > TimeSpan.Zero
                ? await WatchAsync(socket, latency, cancellationToken).ConfigureAwait(false)
                : Passed(latency, "connected");
        }
        catch (SocketException e)
        {
            return Failed(null, SocketFailures.Describe(e.SocketErrorCode));
        }
    }

    private async Task<ProbeResult> WatchAsync(Socket socket, TimeSpan latency, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(_definition.StaysOpen, Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            var count = await socket.ReceiveAsync(new byte[1], linked.Token).ConfigureAwait(false);
            return count > 0 ? Passed(latency, "connected and greeted") : Failed(null, "the connection was closed at once");
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Passed(latency, "connected");
        }
    }
}
