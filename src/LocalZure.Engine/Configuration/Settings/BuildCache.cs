namespace LocalZure.Engine.Configuration.Settings;

/// <summary>When an image is built anew.</summary>
internal enum BuildCache
{
    /// <summary>When what it is built from has changed.</summary>
    Content,

    /// <summary>At every start.</summary>
    None,
}
