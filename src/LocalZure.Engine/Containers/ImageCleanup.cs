namespace LocalZure.Engine.Containers;

/// <summary>When images that were built for a service are removed. Those that were pulled stay: whether LocalZure has pulled them cannot be told later.</summary>
internal enum ImageCleanup
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>After a start that failed.</summary>
    OnError,

    /// <summary>With its container, and after a start that failed.</summary>
    Always,
}
