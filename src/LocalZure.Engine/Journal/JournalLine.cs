namespace LocalZure.Engine.Journal;

/// <summary>A line of the journal's file.</summary>
/// <param name="Id">Tells two equal failures apart, and shows that a line was read twice because the file was set aside in between.</param>
/// <param name="Entry">The failure.</param>
internal sealed record JournalLine(string Id, ErrorEntry Entry);
