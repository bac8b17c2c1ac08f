namespace LocalZure.Faults.Simulation;

/// <summary>What goes wrong with a request. "Done" means that the daemon has carried it out all the same.</summary>
internal enum FaultKind
{
    /// <summary>The daemon is gone: connections are cut and new ones refused.</summary>
    Refused,

    /// <summary>The connection is cut before anything was done.</summary>
    Reset,

    /// <summary>The connection is cut instead of the answer; done.</summary>
    ResetWhenDone,

    /// <summary>No answer ever comes, and nothing was done.</summary>
    Silent,

    /// <summary>No answer ever comes; done.</summary>
    SilentWhenDone,

    /// <summary>The answer comes in small pieces.</summary>
    Slow,

    /// <summary>Status 500.</summary>
    Status500,

    /// <summary>Status 500; done.</summary>
    Status500WhenDone,

    /// <summary>Status 503 with a page instead of JSON.</summary>
    Status503,

    /// <summary>The connection is cut in the middle of the body; done.</summary>
    HalfBody,

    /// <summary>A body that is no JSON; done.</summary>
    Malformed,

    /// <summary>The connection is cut after the head of the answer; done.</summary>
    HeadOnly,
}
