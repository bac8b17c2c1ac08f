namespace LocalZure.Engine.Docker.Transport;

/// <summary>What is known of a call of the Engine API whoever writes it: what to say when it fails, how long it may take and whether it may be repeated.</summary>
/// <param name="About">What it is about.</param>
/// <param name="Action">What it does, to be read after "could not", for example <c>start the container 'x'</c>.</param>
internal record DockerCall(DockerObject About, string Action)
{
    /// <summary>When it may be sent again.</summary>
    public Repeat Repeat { get; init; } = Repeat.Never;

    /// <summary>How long it may take, to the end of the answer or, for a stream, to its beginning; null for <see cref="DockerLimits.Call"/>.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>A call that reads, or one that has no second effect such as a removal.</summary>
    public static DockerCall Repeatable(DockerObject about, string action) => new(about, action) { Repeat = Repeat.WhenFailed };

    /// <summary>A call that changes something.</summary>
    public static DockerCall Once(DockerObject about, string action) => new(about, action);
}
