namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>What to do for a service.</summary>
internal enum PlannedAction
{
    /// <summary>It exists and is unchanged: wait until it is usable.</summary>
    Join,

    /// <summary>Nothing of it exists.</summary>
    Create,

    /// <summary>What exists is stale but of use until its successor is: it goes when that one is usable, and comes back when that one is not.</summary>
    Replace,

    /// <summary>What exists is of no use: remove it, then create.</summary>
    Discard,

    /// <summary>It exists, is unchanged and was stopped: start it again.</summary>
    StartExisting,

    /// <summary>It exists, is unchanged and is paused: let it go on.</summary>
    Thaw,
}
