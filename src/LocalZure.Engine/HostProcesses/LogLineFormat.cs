using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>The lines that <c>NodeLogWriter.cjs</c> writes.</summary>
internal static class LogLineFormat
{
    private const string Stamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int StampLength = 24;
    private const int TextStart = StampLength + 5;
    private const string Run = " run";
    private const int LongestHeading = 80;

    /// <summary>Takes a line of output apart; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        // 2026-01-31T12:00:00.123Z out Azurite Blob service is starting
        line = null;
        if (text.Length < TextStart || text[StampLength] != ' ' || text[TextStart - 1] != ' ' || !TryParseStamp(text, out var stamp))
        {
            return false;
        }

        var stream = text.AsSpan(StampLength + 1, 3);
        if (stream is not ("out" or "err"))
        {
            return false;
        }

        line = new ContainerLogLine(stamp, stream is "err", text[TextStart..]);
        return true;
    }

    /// <summary>The number of a file in its series, from its first line; null when that is another line.</summary>
    public static int? ParseFileNumber(string text)
    {
        // 2026-01-31T12:00:00.000Z file 7
        const string word = " file ";
        return text.Length > StampLength + word.Length
            && text.AsSpan(StampLength).StartsWith(word, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(StampLength + word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TryParseStamp(text, out _)
                ? number
                : null;
    }

    /// <summary>The first line of what a process writes without stamps: when it was started, not earlier.</summary>
    public static string FormatRun(DateTimeOffset start) =>
        start.AddTicks(TimeSpan.TicksPerMillisecond - 1).UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture) + Run;

    /// <summary>When a process was started, from its first line; null when that is another line.</summary>
    public static DateTimeOffset? ParseRun(string text) => ParseHeading(text)?.Start;

    /// <summary>Which part of which run a file is, from its first line; null when that is another line.</summary>
    // 2026-01-31T12:00:00.000Z run
    // 2026-01-31T12:00:00.000Z run 2 2026-01-31T12:00:05Z
    public static RunHeading? ParseHeading(string text)
    {
        if (text.Length < StampLength + Run.Length || text.Length > LongestHeading || !text.AsSpan(StampLength).StartsWith(Run, StringComparison.Ordinal) || !TryParseStamp(text, out var start))
        {
            return null;
        }

        return text[(StampLength + Run.Length)..].Split(' ') switch
        {
            [""] => new RunHeading(start, 1, start),
            ["", var part, var began] when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && DateTimeOffset.TryParse(began, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new RunHeading(start, number, time > start ? time : start),
            _ => null,
        };
    }

    /// <summary>When the writing of a file began, from its first line, which <see cref="ParseFileNumber"/> understands.</summary>
    public static DateTimeOffset ParseFileStart(string text) => TryParseStamp(text, out var start) ? start : default;

    private static bool TryParseStamp(string text, out DateTimeOffset stamp) => DateTimeOffset.TryParseExact(
        text.AsSpan(0, StampLength), Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out stamp);
}
