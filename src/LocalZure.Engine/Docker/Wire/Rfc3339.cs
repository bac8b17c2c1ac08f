namespace LocalZure.Engine.Docker.Wire;

/// <summary>Reads RFC 3339 times from UTF-8 without allocating.</summary>
internal static class Rfc3339
{
    /// <summary>The longest time that is read, <c>2026-11-21T03:11:22.123456789+02:00</c>.</summary>
    public const int MaxLength = 35;

    // "2026-11-21T03:11:22"
    private const int SecondsLength = 19;

    /// <summary>Reads a time at the start of a text. What is finer than a tick (100 ns) is dropped.</summary>
    /// <param name="text">UTF-8, for example <c>2026-11-21T03:11:22.123456789Z hello</c>.</param>
    /// <param name="time">The time, in its own offset.</param>
    /// <param name="length">How many bytes it took.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (!TryReadSeconds(text, out var ticks))
        {
            return false;
        }

        var position = SecondsLength;
        ticks += ReadFraction(text, ref position);
        if (!TryReadOffset(text, ref position, out var offset) || ticks - offset.Ticks is < 0 || ticks - offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, offset);
        length = position;
        return true;
    }

    private static bool TryReadSeconds(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length <= SecondsLength
            || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':'
            || !TryReadNumber(text[..4], out var year)
            || !TryReadNumber(text.Slice(5, 2), out var month)
            || !TryReadNumber(text.Slice(8, 2), out var day)
            || !TryReadNumber(text.Slice(11, 2), out var hour)
            || !TryReadNumber(text.Slice(14, 2), out var minute)
            || !TryReadNumber(text.Slice(17, 2), out var second))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        // A leap second, :60, is the first moment of the next minute.
        ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Unspecified).Ticks + (second * TimeSpan.TicksPerSecond);
        return true;
    }

    private static long ReadFraction(ReadOnlySpan<byte> text, ref int position)
    {
        if (position >= text.Length || text[position] != '.')
        {
            return 0;
        }

        position++;
        var ticks = 0L;
        for (var unit = TimeSpan.TicksPerSecond / 10; position < text.Length && char.IsAsciiDigit((char)text[position]); position++, unit /= 10)
        {
            ticks += (text[position] - '0') * unit;
        }

        return ticks;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, ref int position, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (position < text.Length && (text[position] | 0x20) == 'z')
        {
            position++;
            return true;
        }

        if (text.Length - position < 6
            || text[position] is not ((byte)'+' or (byte)'-')
            || text[position + 3] != ':'
            || !TryReadNumber(text.Slice(position + 1, 2), out var hours)
            || !TryReadNumber(text.Slice(position + 4, 2), out var minutes)
            || minutes > 59 || (hours * 60) + minutes > 14 * 60)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[position] == '-' ? -1 : 1);
        position += 6;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
