namespace LocalZure;

/// <summary>
/// When the steps of a start ended, in milliseconds since the start was asked for. Null means that the step
/// did not happen, for example no pull because the image was there.
/// </summary>
public sealed record StartTimeline
{
    /// <summary>The image was pulled.</summary>
    public double? PulledMs { get; init; }

    /// <summary>The container, or the folders of a host process, were created.</summary>
    public double? CreatedMs { get; init; }

    /// <summary>The container or process was started.</summary>
    public double? StartedMs { get; init; }

    /// <summary>The first answer of any kind came from the service's port.</summary>
    public double? FirstByteMs { get; init; }

    /// <summary>All probes had passed.</summary>
    public double? ReadyMs { get; init; }

    /// <summary>The short form, for example <c>ready after 950 ms</c>; empty when it did not get so far.</summary>
    public override string ToString() => ReadyMs is { } ready ? FormattableString.Invariant($"ready after {ready:0} ms") : "";
}
