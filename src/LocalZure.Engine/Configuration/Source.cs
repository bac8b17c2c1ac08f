namespace LocalZure.Engine.Configuration;

/// <summary>Where settings come from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The file's full path, the variable's or parameter's name, the profile's name.</param>
internal sealed record Source(SourceKind Kind, string Name)
{
    /// <summary>What nobody has set.</summary>
    public static readonly Source Default = new(SourceKind.Default, "");

    /// <summary>Whether places in it are lines of a file.</summary>
    public bool IsFile => Kind is SourceKind.File or SourceKind.UserFile;
}
