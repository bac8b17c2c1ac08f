using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Decides whether a failed request is sent again.</summary>
internal static class RepeatRule
{
    /// <summary>Whether the failure is of a kind after which such a request may be repeated.</summary>
    /// <param name="repeat">What the request allows.</param>
    /// <param name="failure">Why it failed.</param>
    public static bool Allows(Repeat repeat, LocalZureException failure) => failure switch
    {
        // Nothing was sent. A dial that ran into its limit is not repeated: it took long enough.
        { Code: ErrorCode.DockerUnavailable, InnerException: DockerDialException dial } => dial.Failure is DialFailure.Refused or DialFailure.NotThere,
        ContainerRuntimeException { Failure: RuntimeFailure.Transient, StatusCode: null } => repeat is not Repeat.Never,
        ContainerRuntimeException { Failure: RuntimeFailure.Transient } => repeat is Repeat.WhenFailed,
        _ => false,
    };
}
