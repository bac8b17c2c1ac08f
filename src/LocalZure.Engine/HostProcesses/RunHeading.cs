namespace LocalZure.Engine.HostProcesses;

/// <summary>Which part of what one run of a process wrote a file is.</summary>
/// <param name="Start">When the run began.</param>
/// <param name="Number">Which part: 1 for the first.</param>
/// <param name="Began">When the part began.</param>
internal readonly record struct RunHeading(DateTimeOffset Start, int Number, DateTimeOffset Began)
{
    /// <summary>Whether this was written after what has another heading.</summary>
    public bool IsAfter(RunHeading? other) => other is not { } earlier || Start > earlier.Start || (Start == earlier.Start && Number > earlier.Number);
}
