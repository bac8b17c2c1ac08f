namespace LocalZure.Engine.Configuration.Settings;

/// <summary>How long things may take; null takes the engine's own time.</summary>
internal sealed record TimeoutSettings
{
    /// <summary>To connect to the container engine.</summary>
    public TimeSpan? Connect { get; init; }

    /// <summary>To pull an image.</summary>
    public TimeSpan? Pull { get; init; }

    /// <summary>To build an image.</summary>
    public TimeSpan? Build { get; init; }

    /// <summary>To become usable.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>To end before it is killed.</summary>
    public TimeSpan? Stop { get; init; }
}
