namespace LocalZure.Engine.Lifecycle.Orphans;

/// <summary>The kinds of orphans, as <see cref="Orphan.Kind"/> has them.</summary>
internal static class OrphanKinds
{
    /// <summary>A container.</summary>
    public const string Container = "Container";

    /// <summary>A network.</summary>
    public const string Network = "Network";

    /// <summary>A volume of an environment that nobody uses any more.</summary>
    public const string Volume = "Volume";

    /// <summary>An environment that every process which used it has left.</summary>
    public const string Environment = "Environment";

    /// <summary>A host process that runs.</summary>
    public const string Process = "Process";

    /// <summary>A registry entry whose process has ended.</summary>
    public const string Entry = "Entry";

    /// <summary>A file of the LocalZure home that cannot be read, or the old output of a failed start.</summary>
    public const string File = "File";
}
