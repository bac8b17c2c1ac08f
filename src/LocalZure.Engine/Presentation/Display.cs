using System.Globalization;
using System.Text.RegularExpressions;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Presentation;

/// <summary>Texts of tables and lists that need code.</summary>
public static partial class Display
{
    private const string BlockLevels = "▁▂▃▄▅▆▇█";
    private const string PlainLevels = "_.-:=+*#";

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A span of time with its two largest units, for example <c>4.2 ms</c>, <c>850 ms</c>, <c>2.9 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>, <c>3 d 4 h</c>.</summary>
    /// <param name="span">The span; null gives an empty text.</param>
    public static string Span(TimeSpan? span) => span switch
    {
        null => "",
        { TotalMilliseconds: < 10 } few => Invariant($"{few.TotalMilliseconds:0.0} ms"),
        { TotalSeconds: < 1 } some => Invariant($"{some.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } some => Invariant($"{some.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } some => Invariant($"{(int)some.TotalSeconds} s"),
        { TotalHours: < 1 } some => Two((int)some.TotalMinutes, "min", some.Seconds, "s"),
        { TotalDays: < 1 } some => Two((int)some.TotalHours, "h", some.Minutes, "min"),
        { } some => Two((int)some.TotalDays, "d", some.Hours, "h"),
    };

    /// <summary>A moment in local time, to the second.</summary>
    /// <param name="moment">The moment; null gives an empty text.</param>
    public static string Moment(DateTimeOffset? moment) =>
        moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A moment of today's log in local time, to the millisecond.</summary>
    /// <param name="moment">The moment.</param>
    public static string Clock(DateTimeOffset moment) => moment.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>A time of today's look, to the second, in local time.</summary>
    /// <param name="moment">The moment.</param>
    public static string Time(DateTimeOffset moment) => moment.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A step of a start, for example <c>ready after 950 ms</c>.</summary>
    /// <param name="step">What had happened.</param>
    /// <param name="milliseconds">When, since the start was asked for; null gives null.</param>
    public static string? After(string step, double? milliseconds) =>
        milliseconds is { } value ? $"{step} after {Span(TimeSpan.FromMilliseconds(value))}" : null;

    /// <summary>What a word for a state means to people: <c>Good</c>, <c>Bad</c>, <c>Changing</c>, or empty when it says nothing of that kind.</summary>
    /// <param name="state">The word, for example <c>Running</c>.</param>
    public static string Tone(string state) => state switch
    {
        "Healthy" or "Running" or "Passed" => "Good",
        "Unhealthy" or "Failed" => "Bad",
        "Starting" or "Creating" or "Stopping" or "Paused" or "Warning" => "Changing",
        _ => "",
    };

    /// <summary>Where a log line comes from, for example <c>blob</c> or <c>blob-pr42</c>.</summary>
    /// <param name="entry">The line.</param>
    public static string Source(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return string.IsNullOrEmpty(entry.Instance) ? entry.Service : $"{entry.Service}-{entry.Instance}";
    }

    /// <summary>A log line as a terminal may be given it: its colours stay and end with it, all else that a terminal would take for a command is made visible.</summary>
    /// <param name="entry">The line.</param>
    public static string Line(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return VisibleText.OfLog(entry.Message);
    }

    /// <summary>A text of others as a terminal may be given it.</summary>
    /// <param name="text">The text; null gives an empty one.</param>
    public static string Visible(string? text) => text is null ? "" : VisibleText.Of(text);

    /// <summary>The longest answer that a probe waited for; null when none came.</summary>
    /// <param name="health">The health.</param>
    public static TimeSpan? Latency(ServiceHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return health.Details.Max(probe => probe.Latency);
    }

    /// <summary>Why it ended, and the probes that do not pass and what they saw, in one line; empty when all is well.</summary>
    /// <param name="health">The health.</param>
    public static string Problem(ServiceHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return string.Join("; ", Ends(health).Concat(health.Details.Where(probe => probe.Status != ServiceHealthStatus.Healthy).Select(probe => $"{probe.Type} {probe.Target}: {probe.Message}")));
    }

    // Why it does not run, when it did not end as one that was asked to.
    private static IEnumerable<string> Ends(ServiceHealth health) => health.Container switch
    {
        { Running: false, OutOfMemory: true } => ["it was ended for lack of memory"],
        { Running: false, ExitCode: not (null or 0) and var code } => [Invariant($"it ended with exit code {code}")],
        _ => [],
    };

    /// <summary>A setting's value as it is written in a file.</summary>
    /// <param name="setting">The setting.</param>
    public static string Value(global::LocalZure.Configuration setting) => setting?.Value switch
    {
        null => "",
        bool value => value ? "true" : "false",
        string text => text,
        IEnumerable<string> list => string.Join(", ", list),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Where a setting comes from, a file without its folder, for example <c>localzure.yml:7</c>.</summary>
    /// <param name="setting">The setting.</param>
    public static string Origin(global::LocalZure.Configuration setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return FolderOfFile().Replace(setting.Origin, "$1");
    }

    /// <summary>Where something is wrong, for example <c>localzure.yml:7:5</c>.</summary>
    /// <param name="error">What is wrong.</param>
    public static string Place(ConfigurationError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Line > 0 ? Invariant($"{Path.GetFileName(error.Path)}:{error.Line}:{error.Column}") : error.Path;
    }

    /// <summary>A number of bytes in the unit that keeps it short, for example <c>704 B</c>, <c>12.5 MiB</c>.</summary>
    /// <param name="bytes">The number; null gives an empty text.</param>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } number)
        {
            return "";
        }

        var value = (double)number;
        var unit = 0;
        for (; value >= 1000 && unit < ByteUnits.Length - 1; unit++)
        {
            value /= 1024;
        }

        return unit == 0 ? Invariant($"{number} B") : Invariant($"{value:0.#} {ByteUnits[unit]}");
    }

    /// <summary>Bytes in and out, for example <c>1.2 MiB / 3 KiB</c>; empty when neither is known.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    public static string BytePair(long? first, long? second) => first is null && second is null ? "" : $"{Bytes(first ?? 0)} / {Bytes(second ?? 0)}";

    /// <summary>A small chart of processor shares: the height of each is its part of 100 %, or of the largest when that is more.</summary>
    /// <param name="shares">The shares in percent, oldest first; null gives an empty text.</param>
    /// <param name="plain">Whether only plain characters may be used.</param>
    public static string Sparkline(IEnumerable<double>? shares, bool plain)
    {
        var values = shares?.ToList() ?? [];
        var top = Math.Max(100, values.DefaultIfEmpty(0).Max());
        var levels = plain ? PlainLevels : BlockLevels;
        return new string(values.Select(value => levels[Math.Clamp((int)(value / top * levels.Length), 0, levels.Length - 1)]).ToArray());
    }

    // "user file /home/ann/.config/localzure/config.yml:3" without its folder
    [GeneratedRegex(@"^(user file )?.*[\\/](?=[^\\/]+:\d+$)", RegexOptions.CultureInvariant)]
    private static partial Regex FolderOfFile();

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Invariant($"{large} {largeUnit}") : Invariant($"{large} {largeUnit} {small} {smallUnit}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
