namespace LocalZure.Engine.Support;

/// <summary>A file of the LocalZure home that does not hold what it should.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it, as the middle of a sentence.</param>
internal sealed record UnreadableFile(string Path, string Reason)
{
    /// <summary>What users are told.</summary>
    public string Message => $"The file '{Path}' cannot be read: {Reason}.";
}
