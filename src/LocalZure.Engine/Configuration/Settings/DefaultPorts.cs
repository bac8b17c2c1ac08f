namespace LocalZure.Engine.Configuration.Settings;

/// <summary>The ports of services for which none is named.</summary>
internal enum DefaultPorts
{
    /// <summary>Those that tools expect.</summary>
    WellKnown,

    /// <summary>Free ones.</summary>
    Auto,
}
