using System.Buffers.Binary;
using System.Text;

namespace LocalZure.Engine.Tests.Docker;

/// <summary>Writes logs as engines do.</summary>
internal static class LogFrames
{
    public const string Time = "2026-11-21T03:11:22.123456789Z";

    public static readonly DateTimeOffset Timestamp = new DateTimeOffset(2026, 11, 21, 3, 11, 22, TimeSpan.Zero).AddTicks(1234567);

    /// <summary>One frame with a text as it is.</summary>
    public static byte[] Frame(byte stream, string text) => Frame(stream, Encoding.UTF8.GetBytes(text));

    public static byte[] Frame(byte stream, byte[] payload)
    {
        var frame = new byte[8 + payload.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), payload.Length);
        payload.CopyTo(frame, 8);
        return frame;
    }

    public static byte[] Join(params byte[][] frames) => [.. frames.SelectMany(frame => frame)];
}
