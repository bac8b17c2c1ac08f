namespace LocalZure.Engine.Journal;

/// <summary>What the journal holds.</summary>
/// <param name="Entries">The failures, the oldest first.</param>
/// <param name="Damaged">How many lines could not be read and are passed over.</param>
internal sealed record JournalContent(IReadOnlyList<ErrorEntry> Entries, int Damaged);
