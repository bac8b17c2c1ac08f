namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Reads what starts have come to.</summary>
public static class StartOutcomes
{
    /// <summary>The one reason why nothing could be started: the engine cannot be used; null when there is no such.</summary>
    /// <param name="outcomes">One per service.</param>
    public static LocalZureException? CommonFailure(IReadOnlyList<ServiceOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return outcomes.Count > 0 && outcomes.All(outcome => outcome.Error?.Code is ErrorCode.DockerUnavailable or ErrorCode.DockerPermissionDenied)
            ? outcomes[0].Error
            : null;
    }
}
