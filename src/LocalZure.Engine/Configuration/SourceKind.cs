namespace LocalZure.Engine.Configuration;

/// <summary>Kinds of places that settings come from, the nearest last.</summary>
internal enum SourceKind
{
    /// <summary>The schema's or the catalog's own value.</summary>
    Default,

    /// <summary>A profile that a file chose.</summary>
    Profile,

    /// <summary>The file in the LocalZure home.</summary>
    UserFile,

    /// <summary>The project's file.</summary>
    File,

    /// <summary>A profile that a parameter or an environment variable chose, which goes before what the files say.</summary>
    NearProfile,

    /// <summary>An environment variable.</summary>
    EnvironmentVariable,

    /// <summary>A parameter of a cmdlet.</summary>
    Parameter,
}
