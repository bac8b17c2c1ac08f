namespace LocalZure.Engine.Requests;

/// <summary>Which connection settings go where.</summary>
public sealed record ExportRequest
{
    /// <summary>What is written; each name once.</summary>
    public required IReadOnlyList<EnvironmentVariable> Variables { get; init; }

    /// <summary>In which form.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The full path of the file, as <see cref="LocalZureEngine.FindExportFile"/> gave it; null for a format without one.</summary>
    public string? Path { get; init; }

    /// <summary>Whether a file that has only this content, or that is read-only, is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// Writes a line where the runner of a build job reads it, its standard output. The lines hold secrets: they tell the runner
    /// what to mask, and are written before anything else.
    /// </summary>
    public required Action<string> WriteCommand { get; init; }
}
