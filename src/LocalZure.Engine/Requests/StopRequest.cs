namespace LocalZure.Engine.Requests;

/// <summary>What to stop and how.</summary>
public sealed record StopRequest
{
    /// <summary>The services, as <c>Get-LzService</c> gave them.</summary>
    public required IReadOnlyList<Service> Services { get; init; }

    /// <summary>Leave the stopped container, or the entry of the process, in place.</summary>
    public bool Keep { get; init; }

    /// <summary>Remove its data too. Bind mounts are never touched.</summary>
    public bool RemoveData { get; init; }

    /// <summary>
    /// How long it may take to end before it is killed; null takes the service's own, or none for a container none of whose data stays: with
    /// <see cref="RemoveData"/>, or with its data in memory.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The most that a service gets without a <see cref="Timeout"/>, whatever it wants itself; null for no limit.</summary>
    internal TimeSpan? LongestGrace { get; init; }

    /// <summary>By its labels, whether a volume of the service is among the data that is removed; null for all of them.</summary>
    internal Func<IReadOnlyDictionary<string, string>, bool>? RemovesVolume { get; init; }

    /// <summary>Checks that the settings go together.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public void Check()
    {
        if (Keep && RemoveData)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "-Keep and -RemoveData contradict each other.", "Use one of them.");
        }
    }
}
