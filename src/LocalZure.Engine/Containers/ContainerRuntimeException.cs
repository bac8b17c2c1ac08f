namespace LocalZure.Engine.Containers;

/// <summary>A container runtime refused or failed a call.</summary>
internal sealed class ContainerRuntimeException : LocalZureException
{
    /// <summary>Creates one. The code follows from the failure: DiskFull for <see cref="RuntimeFailure.NoSpace"/>, PortInUse, ImageNotFound, NameConflict and ParameterInvalid (a bad request) for theirs, else DockerApiError.</summary>
    /// <param name="failure">The kind of refusal.</param>
    /// <param name="message">What was asked and the daemon's own message.</param>
    /// <param name="statusCode">The HTTP status; null when no answer came.</param>
    /// <param name="innerException">The cause; null when the daemon answered.</param>
    public ContainerRuntimeException(RuntimeFailure failure, string message, int? statusCode = null, Exception? innerException = null)
        : base(CodeOf(failure), message, null, innerException)
    {
        Failure = failure;
        StatusCode = statusCode;
    }

    /// <summary>The kind of refusal.</summary>
    public RuntimeFailure Failure { get; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? StatusCode { get; }

    private static ErrorCode CodeOf(RuntimeFailure failure) => failure switch
    {
        RuntimeFailure.NoSpace => ErrorCode.DiskFull,
        RuntimeFailure.PortUnavailable => ErrorCode.PortInUse,
        RuntimeFailure.ImageMissing => ErrorCode.ImageNotFound,
        RuntimeFailure.Conflict => ErrorCode.NameConflict,
        RuntimeFailure.BadRequest => ErrorCode.ParameterInvalid,
        _ => ErrorCode.DockerApiError,
    };
}
