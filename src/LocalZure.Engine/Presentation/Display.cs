using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Presentation;

/// <summary>Texts of tables and lists that need code.</summary>
public static partial class Display
{
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
        "Healthy" or "Running" => "Good",
        "Unhealthy" or "Failed" => "Bad",
        "Starting" or "Creating" or "Stopping" or "Paused" => "Changing",
        _ => "",
    };

    /// <summary>Where a log line comes from, for example <c>blob</c> or <c>blob-pr42</c>.</summary>
    /// <param name="entry">The line.</param>
    public static string Source(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return string.IsNullOrEmpty(entry.Instance) ? entry.Service : $"{entry.Service}-{entry.Instance}";
    }

    /// <summary>The longest answer that a probe waited for; null when none came.</summary>
    /// <param name="health">The health.</param>
    public static TimeSpan? Latency(ServiceHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return health.Details.Max(probe => probe.Latency);
    }

    /// <summary>The probes that do not pass and what they saw, in one line; empty when all pass.</summary>
    /// <param name="health">The health.</param>
    public static string Problem(ServiceHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return string.Join("; ", health.Details.Where(probe => probe.Status != ServiceHealthStatus.Healthy).Select(probe => $"{probe.Type} {probe.Target}: {probe.Message}"));
    }

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

    // "user file /home/ann/.config/localzure/config.yml:3" without its folder
    [GeneratedRegex(@"^(user file )?.*[\\/](?=[^\\/]+:\d+$)", RegexOptions.CultureInvariant)]
    private static partial Regex FolderOfFile();

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Invariant($"{large} {largeUnit}") : Invariant($"{large} {largeUnit} {small} {smallUnit}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
