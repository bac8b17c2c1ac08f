namespace LocalZure.Engine.Docker.Transport;

/// <summary>Why no connection to an endpoint came about.</summary>
internal enum DialFailure
{
    /// <summary>Anything without a kind of its own, for example a certificate that is not trusted.</summary>
    Other,

    /// <summary>There is no such socket, pipe or host.</summary>
    NotThere,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>This user may not use it.</summary>
    PermissionDenied,
}
