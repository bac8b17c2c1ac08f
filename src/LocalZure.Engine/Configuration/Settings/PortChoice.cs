using System.Globalization;

namespace LocalZure.Engine.Configuration.Settings;

/// <summary>A wish for a host port.</summary>
/// <param name="First">The first that will do; 0 for any free one.</param>
/// <param name="Last">The last that will do; 0 for any free one.</param>
internal readonly record struct PortChoice(int First, int Last)
{
    /// <summary>Any free port.</summary>
    public static readonly PortChoice Auto = new(0, 0);

    /// <summary>Whether any free port will do.</summary>
    public bool IsAuto => First == 0;

    /// <summary>Whether only one port will do.</summary>
    public bool IsFixed => First > 0 && First == Last;

    /// <summary>Reads <c>10000</c>, <c>3000-4000</c>, <c>auto</c> or <c>0</c>.</summary>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static PortChoice Parse(string text)
    {
        if (text.Equals("auto", StringComparison.OrdinalIgnoreCase) || text == "0")
        {
            return Auto;
        }

        var parts = text.Split('-');
        return parts.Length <= 2 && TryRead(parts[0], out var first) && TryRead(parts[^1], out var last) && first <= last
            ? new PortChoice(first, last)
            : throw new LocalZureException(ErrorCode.PortInvalid, $"'{text}' is not a port.", "Use a number from 1 to 65535, a range such as 3000-4000, or auto for a free port.");
    }

    /// <inheritdoc/>
    public override string ToString() => IsAuto ? "auto" : IsFixed ? $"{First}" : $"{First}-{Last}";

    private static bool TryRead(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}
