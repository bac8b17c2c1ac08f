using System.Net;
using System.Net.Sockets;

namespace LocalZure.Engine.Ports;

/// <summary>
/// Gives ports that were free a moment ago. That is advice, not a promise: who binds decides, and asks again when somebody
/// was faster.
/// </summary>
internal sealed class PortAllocator
{
    private const int Tries = 200;

    private readonly PortRange _range;
    private readonly Random _random;

    /// <summary>Creates one.</summary>
    /// <param name="range">The ports that may be given.</param>
    /// <param name="random">Where to begin, so that two processes seldom choose the same.</param>
    public PortAllocator(PortRange range, Random random)
    {
        _range = range;
        _random = random;
    }

    /// <summary>A port that can be bound now.</summary>
    /// <param name="address">The address it will be bound to.</param>
    /// <param name="isExcluded">Ports that are not to be given although they may be free.</param>
    /// <param name="preferred">The one to give if it is free and in the range; 0 for none.</param>
    /// <exception cref="LocalZureException">PortRangeExhausted.</exception>
    public int Allocate(string address, Func<int, bool> isExcluded, int preferred = 0)
    {
        if (_range.Contains(preferred) && !isExcluded(preferred) && CanBind(address, preferred))
        {
            return preferred;
        }

        var offset = _random.Next(_range.Count);
        var tries = Math.Min(_range.Count, Tries);
        for (var i = 0; i < tries; i++)
        {
            var port = _range.First + ((offset + i) % _range.Count);
            if (!isExcluded(port) && CanBind(address, port))
            {
                return port;
            }
        }

        throw new LocalZureException(ErrorCode.PortRangeExhausted, $"No free port was found in {_range.First}-{_range.Last}; {tries} {(tries == 1 ? "was" : "were")} tried.");
    }

    /// <summary>Whether a port can be bound now.</summary>
    public static bool CanBind(string address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            // Taken, reserved by the system or not allowed: in each case not to be had.
            return false;
        }
    }
}
