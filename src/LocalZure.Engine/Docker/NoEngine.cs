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
            return new LocalZureException(ErrorCode.DockerPermissionDenied, $"This user may not use the Docker endpoint {denied.Candidate.Address}.") { Evidence = evidence };
        }

        var (message, remedy) = failures is [var only] ? OfNamed(only) : OfAll(failures);
        return new LocalZureException(ErrorCode.DockerUnavailable, message, remedy) { Evidence = evidence };
    }

    private static (string Message, string? Remedy) OfNamed(CandidateFailure failure)
    {
        var source = failure.Candidate.Source;
        var address = failure.Candidate.Address;
        return failure.Candidate.Endpoint is null
            ? ($"{source} is '{address}', which cannot be used: {failure.Why}.", $"Correct {source}, or unset it so that the usual endpoints are tried, or use -Mode Host.")
            : ($"The Docker engine at {address} ({source}) does not answer: {failure.Why}.", $"Start that engine, or unset {source} so that the usual endpoints are tried, or use -Mode Host.");
    }

    private static (string Message, string? Remedy) OfAll(IReadOnlyList<CandidateFailure> failures)
    {
        var silent = failures.FirstOrDefault(failure => failure.Failure == DialFailure.TimedOut);
        return silent is null
            ? ("No Docker endpoint answers.", null)
            : ($"No Docker endpoint answers; {silent.Candidate.Address} takes connections but stays silent.", "Restart the engine, which seems to hang, or set DOCKER_HOST to another, or use -Mode Host.");
    }
}
