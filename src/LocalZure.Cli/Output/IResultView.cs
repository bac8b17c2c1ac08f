namespace LocalZure.Cli.Output;

/// <summary>Writes results to standard output.</summary>
internal interface IResultView
{
    /// <summary>Takes results; they are written now or later.</summary>
    void Write<T>(IReadOnlyCollection<T> values);

    /// <summary>Writes what can be written before the end is known: nothing more comes for a while.</summary>
    void Flush();

    /// <summary>Writes the rest.</summary>
    void End();
}
