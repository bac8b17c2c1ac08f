namespace LocalZure.Engine.Presentation;

/// <summary>What a progress bar shows.</summary>
/// <param name="Id">The bar, 1 or more.</param>
/// <param name="Subject">Its title.</param>
/// <param name="Status">Where it is, in a few words.</param>
/// <param name="Percent">From 0 to 100; null when not known.</param>
/// <param name="Completed">The bar can go.</param>
public sealed record ProgressUpdate(int Id, string Subject, string Status, int? Percent, bool Completed);
