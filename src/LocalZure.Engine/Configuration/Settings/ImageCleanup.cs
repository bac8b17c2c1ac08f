namespace LocalZure.Engine.Configuration.Settings;

/// <summary>When images that were pulled or built for a service are removed with it.</summary>
internal enum ImageCleanup
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>After a start that failed.</summary>
    OnError,

    /// <summary>Whenever it is stopped.</summary>
    Always,
}
