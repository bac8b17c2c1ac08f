using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Reads the time that a program itself writes before its lines, in the forms that are common.</summary>
internal static partial class OwnStamp
{
    // What is written in whole seconds is cut off, and clocks of files lag behind.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The time of a line; null when it has none, or one that cannot be.</summary>
    /// <param name="line">The line.</param>
    /// <param name="earliest">When the program was started.</param>
    /// <param name="latest">When the file was changed the last time.</param>
    public static DateTimeOffset? Find(string line, DateTimeOffset earliest, DateTimeOffset latest) =>
        Candidates(line).Where(time => time >= earliest - Tolerance && time <= latest + Tolerance).Select(time => (DateTimeOffset?)time).FirstOrDefault();

    private static IEnumerable<DateTimeOffset> Candidates(string line)
    {
        if (Epoch().Match(line) is { Success: true } epoch)
        {
            yield return DateTimeOffset.FromUnixTimeSeconds(long.Parse(epoch.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));
        }
        else if (DayFirst().Match(line) is { Success: true } day && TryParse(day.Groups[1].Value, "dd MMM yyyy HH:mm:ss.fff", DateTimeStyles.AssumeLocal, out var time))
        {
            yield return time;
        }
        else if (Iso().Match(line) is { Success: true } iso)
        {
            var zone = iso.Groups[2].Value is "UTC" or "GMT" ? "Z" : iso.Groups[2].Value;
            var text = iso.Groups[1].Value.Replace(' ', 'T').Replace(',', '.') + zone;
            foreach (var style in new[] { DateTimeStyles.AssumeLocal, DateTimeStyles.AssumeUniversal })
            {
                if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, style, out time))
                {
                    yield return time;
                }
            }
        }
    }

    private static bool TryParse(string text, string format, DateTimeStyles style, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, style, out time);

    // 1763694682: mosquitto version 2.0.11 starting
    [GeneratedRegex(@"^(\d{10}): ")]
    private static partial Regex Epoch();

    // 4711:M 21 Nov 2026 03:11:22.123 * Ready to accept connections
    [GeneratedRegex(@"^(?:\d{1,10}:[A-Z] )?(\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3}) ")]
    private static partial Regex DayFirst();

    // 2026-11-21 03:11:22.123 UTC [42] LOG:  …   [2026-11-21T03:11:22Z] …   2026-11-21 03:11:22,123 INFO …
    [GeneratedRegex(@"^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,7})?)\d* ?(Z|UTC|GMT|[+-]\d\d:\d\d)?(?:\W|$)")]
    private static partial Regex Iso();
}
