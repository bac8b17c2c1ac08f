using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog;

/// <summary>Everything the engine knows of a service, declared once. Texts named a template may hold the placeholders of <see cref="Template"/>.</summary>
internal sealed record ServiceDefinition
{
    /// <summary>The name to start it by.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The pinned image, from <see cref="ImageTags"/>.</summary>
    public required string Image { get; init; }

    /// <summary>Whether it is a service of a configuration's own, which the catalog does not have.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Replaces the image's command; null keeps it. Templates.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The variant of the image on Alpine Linux, which is smaller; null when there is none or it is that already.</summary>
    public string? AlpineImage { get; init; }

    /// <summary>What the image is made for, for example <c>linux/arm64</c>.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = ["linux/amd64", "linux/arm64"];

    /// <summary>The licence to accept; null when there is none that asks.</summary>
    public LicenseDefinition? License { get; init; }

    /// <summary>The secrets that are made for it.</summary>
    public IReadOnlyList<SecretDefinition> Secrets { get; init; } = [];

    /// <summary>The files it wants.</summary>
    public IReadOnlyList<FileDefinition> Files { get; init; } = [];

    /// <summary>The memory in bytes below which it does not run; null when it needs no more than any program.</summary>
    public long? MinimumMemoryBytes { get; init; }

    /// <summary>Environment variables of the container, as templates.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Its ports.</summary>
    public required IReadOnlyList<PortDefinition> Ports { get; init; }

    /// <summary>Its data.</summary>
    public IReadOnlyList<VolumeDefinition> Volumes { get; init; } = [];

    /// <summary>What must answer before it counts as usable: all of them, asked in this order.</summary>
    public required IReadOnlyList<ProbeDefinition> Probes { get; init; }

    /// <summary>
    /// Regular expressions of log lines after which waiting is pointless although it still runs, for example
    /// <c>Emulator Health Check failed</c>: a start that is not usable by then fails at once.
    /// </summary>
    public IReadOnlyList<string> TerminalLogLines { get; init; } = [];

    /// <summary>How long a start may take after the image is there.</summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>
    /// Whether the engine's own init is the first process of its container, unless the user says otherwise: it passes signals on, so that a program
    /// that knows none of them ends at once.
    /// </summary>
    public bool HasInitProcess { get; init; }

    /// <summary>The signal that asks it to end.</summary>
    public string StopSignal { get; init; } = "SIGTERM";

    /// <summary>How long it may take to end before it is killed.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Regular expressions of log lines after which nothing is left to lose: once all were seen, the rest of the grace period is skipped. Empty waits for the end.</summary>
    public IReadOnlyList<string> StopLines { get; init; } = [];

    /// <summary>Endpoint templates by port name.</summary>
    public required IReadOnlyDictionary<string, string> Endpoints { get; init; }

    /// <summary>Connection string templates by variable name; the first one is the main one. Empty when it has none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ConnectionStrings { get; init; } = [];

    /// <summary>Names of variables that a label or an entry gives and that are none of this service's, so that they are left out.</summary>
    public IReadOnlyList<string> RefusedVariables { get; init; } = [];

    /// <summary>The services it needs.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>What can be made in it when its data is fresh; null when only commands and scripts can be run.</summary>
    public InitDefinition? Init { get; init; }

    /// <summary>How to run it without Docker; null when that is not possible.</summary>
    public HostDefinition? Host { get; init; }
}
