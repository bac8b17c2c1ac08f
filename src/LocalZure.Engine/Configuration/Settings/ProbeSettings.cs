using LocalZure.Engine.Health;

namespace LocalZure.Engine.Configuration.Settings;

/// <summary>A probe as it is written: a table with one kind among its keys.</summary>
internal sealed record ProbeSettings
{
    /// <summary>The kinds that were named, each as a probe.</summary>
    public IReadOnlyList<ProbeDefinition> Kinds { get; init; } = [];

    /// <summary>How often in a row it must pass.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>How long one look may take; null for the engine's own time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>With one more kind.</summary>
    public ProbeSettings With(ProbeDefinition kind) => this with { Kinds = [.. Kinds, kind] };

    /// <summary>As a probe.</summary>
    /// <exception cref="LocalZureException">ConfigInvalid when it is not exactly one.</exception>
    public ProbeDefinition ToProbe() => Kinds.Count == 1
        ? Kinds[0] with { Passes = Passes, Timeout = Timeout }
        : throw new LocalZureException(ErrorCode.ConfigInvalid, $"A probe is of one kind, not of {(Kinds.Count == 0 ? "none" : $"{Kinds.Count}")}.", "Name one of http, tcp, exec, log, docker and process; write further probes as further items of the list.");
}
