namespace LocalZure.Engine.Seeding;

/// <summary>What is known of a service's data before its hooks run.</summary>
/// <param name="Subject">The identity of the data as it is now.</param>
/// <param name="Marker">What was remembered last; null when nothing was.</param>
internal sealed record SeedMemory(string Subject, SeedMarker? Marker)
{
    /// <summary>Whether no hook has run to its end on this data.</summary>
    public bool IsFresh => Marker?.Subject != Subject || WasCutOff;

    /// <summary>Whether hooks have begun on this data in a process that was killed: what they have made may stand in the way of the same hooks.</summary>
    public bool WasCutOff => Marker?.Subject == Subject && Marker?.Hash == SeedMarker.Begun;
}
