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
    /// <exception cref="LocalZureException">PortRangeExhausted.</exception>
    public int Allocate(string address, Func<int, bool> isExcluded, int preferred = 0, PortRange? asked = null)
    {
        var range = asked ?? _range;
        if (range.Contains(preferred) && IsFree(preferred))
        {
            return preferred;
        }

        var offset = _random.Next(range.Count);
        var candidates = Enumerable.Range(0, range.Count).Select(index => range.First + ((offset + index) % range.Count)).ToLookup(IsShunned);
        return candidates[false].Concat(candidates[true]).Where(IsFree).Select(port => (int?)port).FirstOrDefault()
            ?? throw new LocalZureException(ErrorCode.PortRangeExhausted, $"No port of {range.First}-{range.Last} is free.", asked is null ? null : "Ask for a wider range, or stop what uses these ports.");

        bool IsShunned(int port) => _shunned?.Contains(port) == true;

        bool IsFree(int port) => !isExcluded(port) && CanBind(address, port);
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
