namespace LocalZure.Engine.Configuration.Settings;

/// <summary>Sets of defaults.</summary>
internal enum Profile
{
    /// <summary>Well-known ports, data that stays, no end: for work.</summary>
    Dev,

    /// <summary>Free ports, data in memory, small images, limits, and an end with the session: for tests.</summary>
    Test,
}
