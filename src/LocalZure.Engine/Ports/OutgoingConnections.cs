using System.Globalization;

namespace LocalZure.Engine.Ports;

/// <summary>Finds ports that are in use as the near end of a connection, on which nobody listens and which still cannot be bound.</summary>
internal static class OutgoingConnections
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Whether a connection uses a port, or has done so within the last minute. Only known on Linux; false elsewhere.</summary>
    /// <param name="port">The port.</param>
    // "   1: 0100007F:9C4A 0100007F:2710 06 ...": local and remote address and port in hexadecimal, state; 0A is LISTEN, 06 TIME_WAIT.
    public static bool Use(int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields.Length > 9 && fields[3] != "0A" && fields[1].EndsWith(suffix, StringComparison.Ordinal));
    }
}
