namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>What to do for a service.</summary>
internal enum PlannedAction
{
    /// <summary>It exists and is unchanged: wait until it is usable.</summary>
    Join,

    /// <summary>Nothing of it exists.</summary>
    Create,

    /// <summary>What exists is stale: remove it, then create.</summary>
    Replace,

    /// <summary>It exists, is unchanged and was stopped: start it again.</summary>
    StartExisting,
}
