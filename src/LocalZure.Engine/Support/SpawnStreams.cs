using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>Where the standard streams of a process that is spawned lead. The handles stay the caller's, who closes them.</summary>
internal sealed record SpawnStreams
{
    /// <summary>What it reads; null for nothing.</summary>
    public SafeHandle? Input { get; init; }

    /// <summary>Where its output goes; null for <see cref="OutputFile"/>.</summary>
    public SafeHandle? Output { get; init; }

    /// <summary>Where its error output goes; null for where its output goes.</summary>
    public SafeHandle? Error { get; init; }

    /// <summary>The file that its output is appended to where no handle is given; null for nowhere.</summary>
    public string? OutputFile { get; init; }
}
