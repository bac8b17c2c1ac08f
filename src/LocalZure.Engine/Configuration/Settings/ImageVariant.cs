namespace LocalZure.Engine.Configuration.Settings;

/// <summary>Variants of images.</summary>
internal enum ImageVariant
{
    /// <summary>The usual one.</summary>
    Default,

    /// <summary>The one on Alpine Linux, where there is one.</summary>
    Alpine,
}
