namespace LocalZure.Engine.Catalog;

/// <summary>A command that makes the data of a host process: run before a start that finds no data.</summary>
internal sealed record HostPreparation
{
    /// <summary>The volume whose empty folder says that it has to be done.</summary>
    public required string Volume { get; init; }

    /// <summary>The program, which lies beside the tool's own.</summary>
    public required string Program { get; init; }

    /// <summary>Argument templates.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The template of what a file holds that only this user may read and that is removed afterwards; arguments name it as <c>{file.secret}</c>. Null for no such file.</summary>
    public string? Secret { get; init; }
}
