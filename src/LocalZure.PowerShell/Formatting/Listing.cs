namespace LocalZure.PowerShell.Formatting;

/// <summary>Texts of lists for the format file, which are long as scripts. PowerShell reads every script of it with each import.</summary>
public static class Listing
{
    private static readonly string NewLine = System.Environment.NewLine;

    /// <summary>The steps of a start.</summary>
    /// <param name="line">The start.</param>
    public static string Timeline(StartTimeline? line) => line is null ? "" : Join(", ",
    [
        Display.After("pulled", line.PulledMs),
        Display.After("created", line.CreatedMs),
        Display.After("started", line.StartedMs),
        Display.After("first byte", line.FirstByteMs),
        Display.After("ready", line.ReadyMs),
    ]);

    /// <summary>What the container engine says of a container.</summary>
    /// <param name="container">What it says.</param>
    public static string Container(ContainerHealth? container) => container is null ? "" : Join(", ",
    [
        container.Status,
        string.IsNullOrEmpty(container.HealthStatus) ? null : $"health {container.HealthStatus}",
        container.ExitCode is { } code ? FormattableString.Invariant($"exit code {code}") : null,
        container.RestartCount is { } count and not 0 ? FormattableString.Invariant($"restarted {count} times") : null,
        container.OutOfMemory ? "out of memory" : null,
    ]);

    /// <summary>Probes, one a line.</summary>
    /// <param name="probes">The probes.</param>
    public static string Probes(IEnumerable<ProbeResult>? probes) => Lines(probes, probe =>
        $"{probe.Type} {probe.Target}: {probe.Status}, {probe.Message}"
        + (probe.Latency is { } latency ? $" ({Display.Span(latency)})" : ""));

    /// <summary>Published ports, one a line.</summary>
    /// <param name="ports">The ports.</param>
    public static string Ports(IEnumerable<ServicePort>? ports) =>
        Lines(ports, port => $"{port.Name} = {port}");

    /// <summary>Volumes and mounts, one a line.</summary>
    /// <param name="volumes">The volumes.</param>
    public static string Volumes(IEnumerable<ServiceVolume>? volumes) =>
        Lines(volumes, volume => $"{volume} ({volume.Kind})");

    /// <summary>Addresses, one a line.</summary>
    /// <param name="endpoints">The addresses by name.</param>
    public static string Endpoints(IReadOnlyDictionary<string, string>? endpoints) =>
        Lines(endpoints, pair => $"{pair.Key} = {pair.Value}");

    /// <summary>How many looks found which status.</summary>
    /// <param name="history">The looks, oldest first.</param>
    public static string History(IReadOnlyList<HealthPoint>? history) => history is not { Count: > 0 } ? "" :
        FormattableString.Invariant($"{history.Count} looks since {Display.Clock(history[0].Time)}: ")
        + string.Join(", ", history
            .GroupBy(point => point.Status)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key}"));

    private static string Lines<T>(IEnumerable<T>? items, Func<T, string> text) => string.Join(NewLine, items?.Select(text) ?? []);

    private static string Join(string separator, IEnumerable<string?> parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
