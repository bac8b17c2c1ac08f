using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Writes the error when no endpoint could be used.</summary>
internal static class NoEngine
{
    /// <summary>The error, with every endpoint that was tried.</summary>
    /// <param name="failures">Why each was not taken, in the order of the attempts.</param>
    public static LocalZureException Report(IReadOnlyList<CandidateFailure> failures)
    {
        var evidence = failures.Select(failure => failure.Evidence).ToList();
        if (failures.FirstOrDefault(failure => failure.Failure == DialFailure.PermissionDenied) is { } denied)
        {
            return new LocalZureException(ErrorCode.DockerPermissionDenied, $"This user may not use the Docker endpoint {Named(denied.Candidate)}.") { Evidence = evidence };
        }

        var (message, remedy) = failures is [{ Candidate.IsChosen: true } only] ? OfChosen(only) : OfAll(failures);
        return new LocalZureException(ErrorCode.DockerUnavailable, message, remedy) { Evidence = evidence };
    }

    private static string Named(DockerCandidate candidate) => candidate.IsChosen ? $"{candidate.Address} ({candidate.Source})" : candidate.Address;

    private static (string Message, string? Remedy) OfChosen(CandidateFailure failure)
    {
        var (address, source, endpoint) = (failure.Candidate.Address, failure.Candidate.Source, failure.Candidate.Endpoint);
        var another = source == "DOCKER_HOST" ? "unset DOCKER_HOST" : "choose another with 'docker context use' or DOCKER_CONTEXT";
        return endpoint is null
            ? (source == "DOCKER_HOST" ? $"DOCKER_HOST is '{address}', which cannot be used: {failure.Why}." : $"{source} cannot be used: {failure.Why}.", $"Correct it, or {another}, or use -Mode Host.")
            : ($"The Docker engine at {address} ({source}) does not answer: {failure.Why}.", $"Start that engine, or {another}, or use -Mode Host. No other engine is taken in its place.");
    }

    private static (string Message, string? Remedy) OfAll(IReadOnlyList<CandidateFailure> failures)
    {
        var silent = failures.FirstOrDefault(failure => failure.Failure == DialFailure.TimedOut);
        return silent is null
            ? ("No Docker endpoint answers.", null)
            : ($"No Docker endpoint answers; {silent.Candidate.Address} takes connections but stays silent.", "Restart the engine, which seems to hang, or set DOCKER_HOST to another, or use -Mode Host.");
    }
}
