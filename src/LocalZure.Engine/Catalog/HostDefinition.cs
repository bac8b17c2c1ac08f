using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog;

/// <summary>How a service runs as a process of this machine.</summary>
internal sealed record HostDefinition
{
    /// <summary>The program's name in the engine's list of host tools, for example <c>azurite</c>; a program of the user's when it is a command of theirs.</summary>
    public required string Tool { get; init; }

    /// <summary>Whether it is a command of the user's: <see cref="Tool"/> is then a name on PATH, or a path, relative to <see cref="WorkingDirectory"/>.</summary>
    public bool IsCommand { get; init; }

    /// <summary>The folder to run it in, as a full path; null for one of LocalZure's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The script within the tool's package when the tool runs on Node.js; null for a program of its own.</summary>
    public string? Script { get; init; }

    /// <summary>Argument templates.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Whether it runs when the user is root; some programs refuse.</summary>
    public bool AllowsRoot { get; init; } = true;

    /// <summary>What has to be done once before the first start; null for nothing.</summary>
    public HostPreparation? Preparation { get; init; }

    /// <summary>What must answer before the process counts as usable; null for the same as in a container.</summary>
    public IReadOnlyList<ProbeDefinition>? Probes { get; init; }

    /// <summary>The files it wants, whose paths its arguments name; null for the same as in a container.</summary>
    public IReadOnlyList<FileDefinition>? Files { get; init; }

    /// <summary>Environment variables, as templates.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
