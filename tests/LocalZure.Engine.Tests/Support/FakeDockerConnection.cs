using System.Net.Sockets;
using System.Text;

namespace LocalZure.Engine.Tests.Support;

/// <summary>The daemon's side of one connection, byte by byte.</summary>
internal sealed class FakeDockerConnection
{
    private readonly Socket _socket;
    private readonly Stream _stream;

    public FakeDockerConnection(Socket socket, Stream stream, CancellationToken stopped)
    {
        _socket = socket;
        _stream = stream;
        Stopped = stopped;
    }

    /// <summary>Ends with the daemon.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Whether the daemon or the client cut the connection.</summary>
    public bool IsCut { get; private set; }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public Task WriteAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes, Stopped).AsTask();

    /// <summary>A whole answer with a body of known length.</summary>
    public Task RespondAsync(int status, string body, string headers = "") =>
        WriteAsync($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>An answer without a body.</summary>
    public Task RespondAsync(int status) =>
        WriteAsync(status is 204 or 304 ? $"HTTP/1.1 {status} X\r\n\r\n" : $"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");

    /// <summary>The head of an answer in chunks.</summary>
    public Task BeginChunksAsync(string headers = "") =>
        WriteAsync($"HTTP/1.1 200 OK\r\n{headers}Transfer-Encoding: chunked\r\n\r\n");

    public async Task ChunkAsync(ReadOnlyMemory<byte> bytes)
    {
        await WriteAsync($"{bytes.Length:x}\r\n");
        await WriteAsync(bytes);
        await WriteAsync("\r\n");
    }

    public Task ChunkAsync(string text) => ChunkAsync(Encoding.UTF8.GetBytes(text));

    public Task EndChunksAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut()
    {
        IsCut = true;
        _socket.Close(0);
    }

    /// <summary>Says nothing until the client goes away or the daemon stops.</summary>
    public async Task StaySilentAsync()
    {
        IsCut = true;
        var buffer = new byte[1];
        try
        {
            await _stream.ReadExactlyAsync(buffer, Stopped);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            // The client hung up or the test is over, which is what was waited for.
        }
    }
}
