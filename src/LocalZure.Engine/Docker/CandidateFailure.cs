using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Why an endpoint was not taken.</summary>
/// <param name="Candidate">The endpoint.</param>
/// <param name="Failure">The kind of failure.</param>
/// <param name="Why">The reason in words.</param>
internal sealed record CandidateFailure(DockerCandidate Candidate, DialFailure Failure, string Why)
{
    /// <summary>The line of evidence.</summary>
    public string Evidence => Candidate.Evidence(Why);

    /// <summary>Whether another endpoint may do better. An engine that answered but cannot be spoken with is an error of its own.</summary>
    public static bool IsReasonToGoOn(LocalZureException problem) =>
        problem is ContainerRuntimeException || problem.Code is ErrorCode.DockerUnavailable or ErrorCode.DockerPermissionDenied;

    /// <summary>Reads the reason from the failure of the first call.</summary>
    /// <param name="candidate">The endpoint.</param>
    /// <param name="problem">The failure.</param>
    /// <param name="limit">How long was waited.</param>
    public static CandidateFailure Of(DockerCandidate candidate, LocalZureException problem, TimeSpan limit) => problem switch
    {
        { InnerException: DockerDialException dial } => new(candidate, dial.Failure, dial.Message),
        ContainerRuntimeException { StatusCode: { } status } => new(candidate, DialFailure.Other, $"it answered with status {status}"),
        ContainerRuntimeException => new(candidate, DialFailure.Other, "it did not answer as a Docker engine does"),
        _ => new(candidate, DialFailure.TimedOut, $"no answer within {DockerFaults.Seconds(limit)}"),
    };
}
