using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A daemon of a few scripted answers on a Unix socket. It records what it was asked.</summary>
internal sealed class FakeDockerDaemon : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lz-docker-");
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<FakeDockerRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Func<Stream, Task<Stream>> _wrap;
    private readonly object _switch = new();
    private Socket? _listener;

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers a request.</param>
    /// <param name="wrap">Puts a layer such as TLS on a connection; null for none.</param>
    public FakeDockerDaemon(Func<FakeDockerRequest, FakeDockerConnection, Task> answer, Func<Stream, Task<Stream>>? wrap = null)
    {
        Answer = answer;
        _wrap = wrap ?? Task.FromResult;
        SocketPath = Path.Combine(_folder.FullName, "docker.sock");
        ComeUp();
    }

    public Func<FakeDockerRequest, FakeDockerConnection, Task> Answer { get; set; }

    public string SocketPath { get; }

    public DockerEndpoint Endpoint => DockerEndpoint.Unix(SocketPath);

    public IReadOnlyList<FakeDockerRequest> Requests => [.. _requests];

    /// <summary>The limits of a test: pauses too short to notice.</summary>
    public static DockerLimits QuickLimits { get; } = new()
    {
        RetryDelays = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)],
        ShortestPoll = TimeSpan.FromMilliseconds(1),
        LongestPoll = TimeSpan.FromMilliseconds(4),
    };

    /// <summary>A client of this daemon.</summary>
    public DockerHttp Client(DockerLimits? limits = null, DockerApiVersion? version = null) =>
        new(
            new DockerTransport(Endpoint, DockerDialer.DialAsync, TimeSpan.FromSeconds(10), TimeProvider.System),
            limits ?? QuickLimits,
            TimeProvider.System,
            version);

    /// <summary>Cuts every connection and refuses new ones, as a daemon that has ended.</summary>
    public void GoDown()
    {
        lock (_switch)
        {
            _listener?.Dispose();
            _listener = null;
            File.Delete(SocketPath);
        }

        foreach (var socket in _open.Keys)
        {
            socket.Close(0);
        }
    }

    /// <summary>Listens again. Does nothing when it does already.</summary>
    public void ComeUp()
    {
        lock (_switch)
        {
            if (_listener is null && !_stop.IsCancellationRequested)
            {
                _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
                _listener.Listen();
                _connections.Add(AcceptAsync(_listener));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        GoDown();
        await Task.WhenAll(_connections);
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<FakeDockerRequest?> ReadRequestAsync(Stream stream, CancellationToken stopped)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(one, stopped) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        var body = new byte[headers.TryGetValue("content-length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, stopped);
        body = headers.GetValueOrDefault("transfer-encoding") == "chunked" ? await ReadChunksAsync(stream, stopped) : body;
        var start = lines[0].Split(' ');
        return new FakeDockerRequest(start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }

    private static async Task<byte[]> ReadChunksAsync(Stream stream, CancellationToken stopped)
    {
        using var body = new MemoryStream();
        var one = new byte[1];
        while (true)
        {
            var size = "";
            while (!size.EndsWith("\r\n", StringComparison.Ordinal))
            {
                await stream.ReadExactlyAsync(one, stopped);
                size += (char)one[0];
            }

            var chunk = new byte[Convert.ToInt32(size.Trim(), 16) + 2];
            await stream.ReadExactlyAsync(chunk, stopped);
            if (chunk.Length == 2)
            {
                return body.ToArray();
            }

            body.Write(chunk.AsSpan(..^2));
        }
    }

    private static bool EndsHead(List<byte> head) => head is [.., 13, 10, 13, 10];

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over, or the daemon down.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        _open[socket] = true;
        try
        {
            await using var stream = await _wrap(new NetworkStream(socket, ownsSocket: true));
            while (await ReadRequestAsync(stream, _stop.Token) is { } request)
            {
                _requests.Enqueue(request);
                var connection = new FakeDockerConnection(socket, stream, _stop.Token);
                await Answer(request, connection);
                if (connection.IsCut)
                {
                    return;
                }
            }
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, the daemon went down or the test is over.
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }
}
