namespace LocalZure.Cli.Output;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON value for the whole result.</summary>
    Json,

    /// <summary>One JSON object per line, as they come.</summary>
    Jsonl,
}
