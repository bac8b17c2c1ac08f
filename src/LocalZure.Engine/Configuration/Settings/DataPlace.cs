namespace LocalZure.Engine.Configuration.Settings;

/// <summary>Where a service keeps its data.</summary>
internal enum DataPlace
{
    /// <summary>In volumes, which outlive it.</summary>
    Volume,

    /// <summary>In memory: fast, and gone with it.</summary>
    Memory,
}
