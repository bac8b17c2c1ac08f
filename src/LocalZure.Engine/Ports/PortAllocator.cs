using System.Net;
using System.Net.Sockets;

namespace LocalZure.Engine.Ports;

/// <summary>
/// Gives ports that were free a moment ago. That is advice, not a promise: who binds decides, and asks again when somebody
/// was faster.
/// </summary>
internal sealed class PortAllocator
{
    private readonly PortRange _range;
    private readonly PortRange? _shunned;
    private readonly Random _random;

    /// <summary>Creates one.</summary>
    /// <param name="range">The ports that may be given.</param>
    /// <param name="shunned">Ports that are only given when no other one is free: those of outgoing connections; null for none.</param>
    /// <param name="random">Where to begin, so that two processes seldom choose the same.</param>
    public PortAllocator(PortRange range, PortRange? shunned, Random random)
    {
        _range = range;
        _shunned = shunned;
        _random = random;
    }

    /// <summary>A port that can be bound now.</summary>
    /// <param name="address">The address it will be bound to.</param>
    /// <param name="isExcluded">Ports that are not to be given although they may be free.</param>
    /// <param name="preferred">The one to give if it is free and in the range; 0 for none.</param>
    /// <param name="asked">The ports that may be given, when somebody asked for certain ones; null for those of this allocator.</param>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <exception cref="LocalZureException">PortRangeExhausted.</exception>
    public int Allocate(string address, Func<int, bool> isExcluded, int preferred = 0, PortRange? asked = null, string protocol = "tcp")
    {
        var range = asked ?? _range;
        if (range.Contains(preferred) && IsFree(preferred))
        {
            return preferred;
        }

        var candidates = Enumerable.Range(range.First, range.Count).ToLookup(IsShunned);
        return Rotated(candidates[false]).Concat(Rotated(candidates[true])).Where(IsFree).Select(port => (int?)port).FirstOrDefault()
            ?? throw new LocalZureException(ErrorCode.PortRangeExhausted, $"No port of {range.First}-{range.Last} is free.", asked is null ? null : "Ask for a wider range, or stop what uses these ports.");

        bool IsShunned(int port) => _shunned?.Contains(port) == true;

        bool IsFree(int port) => !isExcluded(port) && CanBind(address, port, protocol);
    }

    // From a random one on. Each of the two kinds by itself: else most beginnings would fall among those that are given last, and
    // all of these would lead to the same first one.
    private IEnumerable<int> Rotated(IEnumerable<int> ports)
    {
        var all = ports.ToList();
        var offset = _random.Next(all.Count);
        return all.Skip(offset).Concat(all.Take(offset));
    }

    /// <summary>Whether a port can be bound now.</summary>
    /// <param name="address">The address of the host.</param>
    /// <param name="port">The port.</param>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    public static bool CanBind(string address, int port, string protocol = "tcp")
    {
        var (type, kind) = protocol == "udp" ? (SocketType.Dgram, ProtocolType.Udp) : (SocketType.Stream, ProtocolType.Tcp);
        using var socket = new Socket(AddressFamily.InterNetwork, type, kind) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            if (type == SocketType.Stream)
            {
                socket.Listen(1);
            }

            return true;
        }
        catch (SocketException)
        {
            // Taken, reserved by the system or not allowed: in each case not to be had.
            return false;
        }
    }
}
