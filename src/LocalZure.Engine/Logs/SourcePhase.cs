namespace LocalZure.Engine.Logs;

/// <summary>What is known of when a log's next line comes.</summary>
internal enum SourcePhase
{
    /// <summary>Old lines are being read: others wait for them.</summary>
    CatchingUp,

    /// <summary>All that was there was read; the next line comes when it is written.</summary>
    Live,

    /// <summary>It is not being read: its container is being restarted, or the daemon is away.</summary>
    Between,

    /// <summary>Nothing more comes.</summary>
    Over,
}
