namespace LocalZure.Engine.Containers;

/// <summary>When the container engine starts a container again by itself.</summary>
internal enum RestartRule
{
    /// <summary>Never.</summary>
    No,

    /// <summary>When it ended with an exit code other than 0.</summary>
    OnFailure,

    /// <summary>Unless it was stopped.</summary>
    UnlessStopped,

    /// <summary>Always.</summary>
    Always,
}
