using LocalZure.Engine.Health;

namespace LocalZure.Engine.Configuration.Settings;

/// <summary>How a service runs without Docker.</summary>
internal sealed record HostSettings
{
    /// <summary>The program and its arguments; empty when none is named.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The folder to run it in; null for that of the file.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables on top of the service's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What must answer; null takes the service's probes.</summary>
    public IReadOnlyList<ProbeDefinition>? Ready { get; init; }
}
