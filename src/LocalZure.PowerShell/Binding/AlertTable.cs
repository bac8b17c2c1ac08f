using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LocalZure.Engine.Requests;

namespace LocalZure.PowerShell.Binding;

/// <summary>Reads thresholds, for example <c>@{ Cpu = 80; Memory = 90; Restarts = 3; Unhealthy = 2; Latency = '500ms' }</c>.</summary>
internal static class AlertTable
{
    /// <summary>What is taken when nobody says.</summary>
    public static readonly AlertThresholds Usual = new() { MemoryPercent = 90, Restarts = 3, UnhealthyChecks = 3 };

    private const string Keys = "Write for example @{ Cpu = 80; Memory = 90; Restarts = 3; Unhealthy = 2; Latency = '500ms' }: percent of a processor, percent of the memory limit, restarts, checks in a row and a duration.";

    /// <summary>The thresholds.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid for a key or value that cannot be.</exception>
    public static AlertThresholds Read(IDictionary table)
    {
        var thresholds = new AlertThresholds();
        foreach (DictionaryEntry entry in table)
        {
            thresholds = $"{entry.Key}".ToLowerInvariant() switch
            {
                "cpu" => thresholds with { CpuPercent = Number(entry) },
                "memory" => thresholds with { MemoryPercent = Number(entry) },
                "restarts" => thresholds with { Restarts = Count(entry) },
                "unhealthy" => thresholds with { UnhealthyChecks = Count(entry) },
                "latency" => thresholds with { Latency = Span(entry) },
                _ => throw Refusal($"There is no threshold named '{entry.Key}'."),
            };
        }

        return thresholds;
    }

    private static double Number(DictionaryEntry entry) =>
        LanguagePrimitives.TryConvertTo<double>(entry.Value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number > 0
            ? number
            : throw Refusal($"{entry.Key}: '{entry.Value}' is not a number greater than 0.");

    private static int Count(DictionaryEntry entry) =>
        LanguagePrimitives.TryConvertTo<int>(entry.Value, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Refusal($"{entry.Key}: '{entry.Value}' is not a whole number greater than 0.");

    private static TimeSpan Span(DictionaryEntry entry)
    {
        var span = Duration.Parse(entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        return span > TimeSpan.Zero ? span : throw Refusal($"{entry.Key}: the duration must be longer than nothing.");
    }

    private static LocalZureException Refusal(string message) => new(ErrorCode.ParameterInvalid, $"-Alert: {message}", Keys);
}
