namespace LocalZure.Engine.Logs;

/// <summary>A line that waits for its turn.</summary>
/// <param name="Entry">The line.</param>
/// <param name="Time">Its place in time: its stamp, or that of a line before it which has a later one.</param>
/// <param name="Arrived">When it came, on the clock of the window.</param>
internal sealed record WaitingLine(LogEntry Entry, DateTimeOffset Time, long Arrived);
