namespace LocalZure.Engine.Configuration;

/// <summary>Where a setting is written.</summary>
/// <param name="Source">The file, variable, parameter or profile.</param>
/// <param name="Line">The line, from 1; 0 where there are no lines.</param>
/// <param name="Column">The column, from 1; 0 where there are no lines.</param>
internal readonly record struct Place(Source Source, int Line, int Column)
{
    /// <summary>A place of what nobody has set.</summary>
    public static readonly Place Default = Outside(Source.Default);

    /// <summary>The place of what is not in a file.</summary>
    public static Place Outside(Source source) => new(source, 0, 0);

    /// <summary>As users see it, for example <c>/src/shop/localzure.yml:7</c> or <c>environment variable LOCALZURE_MODE</c>.</summary>
    public string Origin => Source.Kind switch
    {
        SourceKind.Parameter => $"parameter {Source.Name}",
        SourceKind.EnvironmentVariable => $"environment variable {Source.Name}",
        SourceKind.File => $"{Source.Name}:{Line}",
        SourceKind.UserFile => $"user file {Source.Name}:{Line}",
        SourceKind.Profile or SourceKind.NearProfile => $"profile {Source.Name}",
        _ => "default",
    };
}
