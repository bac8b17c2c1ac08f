using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A server on a free port of this machine that treats every request alike.</summary>
internal sealed class HttpStub : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Func<TcpClient, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _requests;

    private HttpStub(Func<TcpClient, CancellationToken, Task> serve, int port = 0)
    {
        _serve = serve;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Answers with a status and headers.</summary>
    public static HttpStub Answering(string status, params string[] headers) => AnsweringRaw($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: 0\r\n\r\n");

    /// <summary>Answers with a text as it is and closes.</summary>
    /// <param name="answer">The text.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static HttpStub AnsweringRaw(string answer, int port = 0) => new(
        async (client, cancellationToken) =>
        {
            var stream = client.GetStream();
            await ReadHeadAsync(stream, cancellationToken);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
            client.Close();
        },
        port);

    /// <summary>Answers with the value that a header of the request has as its body.</summary>
    public static HttpStub Echoing(string header) => new(async (client, cancellationToken) =>
    {
        var stream = client.GetStream();
        var head = await ReadHeadAsync(stream, cancellationToken);
        var value = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(header + ": ", StringComparison.Ordinal))?[(header.Length + 2)..] ?? "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {value.Length}\r\n\r\n{value}"), cancellationToken);
        client.Close();
    });

    /// <summary>Answers as Azurite's Blob Storage does.</summary>
    public static HttpStub Azurite() => Answering("400 Bad Request", "Server: Azurite-Blob/3.37.0");

    /// <summary>Reads the request and resets the connection.</summary>
    public static HttpStub Resetting() => new(async (client, cancellationToken) =>
    {
        await ReadHeadAsync(client.GetStream(), cancellationToken);
        client.Client.LingerState = new LingerOption(true, 0);
        client.Client.Close();
    });

    /// <summary>Closes every connection at once, as Docker's proxy does while nothing listens in the container.</summary>
    public static HttpStub Closing() => new((client, _) =>
    {
        client.Close();
        return Task.CompletedTask;
    });

    /// <summary>Says something to whoever connects, without being asked.</summary>
    public static HttpStub Greeting(string text) => new((client, cancellationToken) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken).AsTask());

    /// <summary>Accepts and never says a word.</summary>
    public static HttpStub Silent() => new((client, cancellationToken) => ReadHeadAsync(client.GetStream(), cancellationToken));

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int UnusedPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _accepting;
        _listener.Stop();
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _ended.Dispose();
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var buffer = new byte[1024];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return head.ToString();
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            await _serve(client, _ended.Token);
        }
        catch (IOException)
        {
            // The client went away, which is its business.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                _clients.Add(client);
                Interlocked.Increment(ref _requests);
                await ServeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
