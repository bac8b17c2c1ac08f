namespace LocalZure.Engine.HostProcesses;

/// <summary>Everything that makes a host process.</summary>
internal sealed record HostProcessSpec
{
    /// <summary>The program, as a full path.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, unquoted.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables on top of this process' own, unless they are all of it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether <see cref="Environment"/> is all that it gets, with nothing of this process' own.</summary>
    public bool IsWholeEnvironment { get; init; }

    /// <summary>Files to write before it starts, by their full paths in <see cref="WorkingDirectory"/>.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder it runs in; created when missing.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The folder its output and exit code are written to; created when missing.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>The signal that asks it to end: <c>SIGTERM</c> or <c>SIGINT</c>.</summary>
    public string StopSignal { get; init; } = "SIGTERM";

    /// <summary>Whether the program is Node.js, so that its output can be stamped and rotated inside the process.</summary>
    public bool IsNode { get; init; }
}
