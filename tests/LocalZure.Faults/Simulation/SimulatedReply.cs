using System.Text;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>What the simulated daemon has to say to one request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; empty for none.</param>
internal sealed record SimulatedReply(int Status, string Body = "")
{
    /// <summary>More header lines, each with its line end.</summary>
    public string Headers { get; init; } = "";

    /// <summary>Writes the chunks of a body that comes bit by bit; null for a body of known length.</summary>
    public Func<FakeDockerConnection, Task>? Stream { get; init; }

    /// <summary>The head of the answer as it is sent.</summary>
    public string Head => Stream is not null
        ? $"HTTP/1.1 {Status} X\r\n{Headers}Transfer-Encoding: chunked\r\n\r\n"
        : Status is 204 or 304
            ? $"HTTP/1.1 {Status} X\r\n{Headers}\r\n"
            : $"HTTP/1.1 {Status} X\r\nContent-Type: application/json\r\n{Headers}Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n";

    /// <summary>A refusal in the words of the Engine API.</summary>
    public static SimulatedReply Refusal(int status, string message) => new(status, System.Text.Json.JsonSerializer.Serialize(new { message }));

    /// <summary>Sends it as a healthy daemon does.</summary>
    public async Task SendAsync(FakeDockerConnection connection)
    {
        if (Stream is null)
        {
            await connection.WriteAsync(Head + (Status is 204 or 304 ? "" : Body));
            return;
        }

        await connection.WriteAsync(Head);
        await Stream(connection);
        await connection.EndChunksAsync();
    }
}
