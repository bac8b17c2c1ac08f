using System.Globalization;

namespace LocalZure.Engine.Ports;

/// <summary>The host ports that may be given out.</summary>
/// <param name="First">The first one.</param>
/// <param name="Last">The last one.</param>
internal readonly record struct PortRange(int First, int Last)
{
    /// <summary>30000 to 40000, which is easy to recognise. Its lower part is not given to outgoing connections on any system.</summary>
    public static readonly PortRange Default = new(30000, 40000);

    /// <summary>How many ports it holds.</summary>
    public int Count => Last - First + 1;

    /// <summary>Whether a port is one of them.</summary>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>Reads <c>first-last</c>, as <c>LOCALZURE_PORT_RANGE</c> has it.</summary>
    /// <param name="text">The text; null gives the default.</param>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static PortRange Parse(string? text)
    {
        if (text is null)
        {
            return Default;
        }

        var parts = text.Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first is >= 1 and <= 65535 && last is >= 1 and <= 65535 && first <= last
            ? new PortRange(first, last)
            : throw new LocalZureException(ErrorCode.PortInvalid, $"LOCALZURE_PORT_RANGE is '{text}', which is not a range of ports.", "Write it as first-last, for example 30000-40000.");
    }
}
