using System.Globalization;

namespace LocalZure.Engine.Requests;

/// <summary>What is wished for a port of this machine: exactly one, any free one of a range, or any free one of the range of LocalZure.</summary>
/// <param name="First">The lowest port; 0 for any free one.</param>
/// <param name="Last">The highest port; the same as <paramref name="First"/> for exactly that one.</param>
public readonly record struct PortWish(int First, int Last)
{
    /// <summary>Any free port.</summary>
    public static PortWish Any => default;

    /// <summary>Whether it is one certain port, which is never replaced by another.</summary>
    public bool IsExact => First > 0 && First == Last;

    /// <summary>Whether it is any free port.</summary>
    public bool IsAny => First == 0 && Last == 0;

    /// <summary>Exactly a port; 0 for any free one.</summary>
    /// <param name="port">The port.</param>
    public static implicit operator PortWish(int port) => FromInt32(port);

    /// <summary>Exactly a port; 0 for any free one.</summary>
    /// <param name="port">The port.</param>
    public static PortWish FromInt32(int port) => new(port, port);

    /// <summary>Reads a port (<c>10000</c>), a range (<c>30000-30100</c>), or <c>auto</c> or <c>0</c> for any free port.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static PortWish Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase))
        {
            return Any;
        }

        var parts = text.Split('-');
        return parts.Length switch
        {
            1 when TryPort(parts[0], out var port) => port,
            2 when TryPort(parts[0], out var first) && TryPort(parts[1], out var last) && first > 0 && first <= last => new PortWish(first, last),
            _ => throw new LocalZureException(ErrorCode.PortInvalid, $"'{text}' is not a port.", "Use a port from 1 to 65535 (10000), a range of ports (30000-30100) or auto."),
        };
    }

    /// <summary>As it is written, for example <c>10000</c>, <c>30000-30100</c> or <c>auto</c>.</summary>
    public override string ToString() => IsAny ? "auto"
        : First == Last ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;
}
