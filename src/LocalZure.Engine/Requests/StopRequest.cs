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

    /// <summary>How long it may take to end before it is killed; null takes the service's own.</summary>
    public TimeSpan? Timeout { get; init; }

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
