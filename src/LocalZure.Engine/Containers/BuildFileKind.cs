namespace LocalZure.Engine.Containers;

/// <summary>What a path of a build context is.</summary>
internal enum BuildFileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder; what is in it is listed by itself.</summary>
    Folder,

    /// <summary>A symbolic link, sent as such and never followed.</summary>
    Link,
}
