using LocalZure.Engine.Requests;

namespace LocalZure.Faults.Simulation;

/// <summary>How a call of the engine ended.</summary>
/// <param name="Outcomes">How each service ended; empty when the call as a whole failed.</param>
/// <param name="Error">Why the call as a whole failed; null when it did not.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record CallResult(IReadOnlyList<ServiceOutcome> Outcomes, LocalZureException? Error, TimeSpan Elapsed)
{
    /// <summary>The failures, of the call or its services.</summary>
    public IEnumerable<LocalZureException> Errors => Outcomes.Select(outcome => outcome.Error).Append(Error).OfType<LocalZureException>();

    /// <summary>The services that came out well.</summary>
    public IEnumerable<string> Succeeded => Outcomes.Where(outcome => outcome.Error is null).Select(outcome => outcome.Name);
}
