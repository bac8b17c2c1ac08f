namespace LocalZure;

/// <summary>The stable names of everything that can fail. They are the error ids that scripts match on.</summary>
public enum ErrorCode
{
    /// <summary>No Docker endpoint answered.</summary>
    DockerUnavailable,

    /// <summary>A Docker endpoint exists but this user may not use it.</summary>
    DockerPermissionDenied,

    /// <summary>The Docker daemon refused or failed a call.</summary>
    DockerApiError,

    /// <summary>The image, or its tag, is neither here nor in its registry.</summary>
    ImageNotFound,

    /// <summary>The image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>The registry limits pulls and the limit is reached.</summary>
    RegistryRateLimited,

    /// <summary>The registry wants credentials, or refused those it got.</summary>
    RegistryUnauthorized,

    /// <summary>The image has no variant for this machine's architecture.</summary>
    ImageArchitectureMismatch,

    /// <summary>An image could not be built.</summary>
    BuildFailed,

    /// <summary>An image was not built in time.</summary>
    BuildTimeout,

    /// <summary>A name is taken by something that is not ours, or by another service of ours.</summary>
    NameConflict,

    /// <summary>A port that was asked for is taken.</summary>
    PortInUse,

    /// <summary>No free port is left in the range.</summary>
    PortRangeExhausted,

    /// <summary>A port name or number that the service cannot take.</summary>
    PortInvalid,

    /// <summary>A service or instance name that is not allowed.</summary>
    NameInvalid,

    /// <summary>A setting with a value that is not allowed.</summary>
    ParameterInvalid,

    /// <summary>The configuration has errors.</summary>
    ConfigInvalid,

    /// <summary>The configuration file that was named is not there or cannot be read.</summary>
    ConfigNotFound,

    /// <summary>A file or folder that decides which programs are run belongs to another user.</summary>
    NotTrusted,

    /// <summary>A <c>${service.property}</c> of the configuration that nothing stands behind.</summary>
    ReferenceUnresolved,

    /// <summary>No service of that name is in the catalog.</summary>
    ServiceUnknown,

    /// <summary>The service is known but nothing of it runs.</summary>
    ServiceNotRunning,

    /// <summary>There is nothing of an environment of that name.</summary>
    EnvironmentUnknown,

    /// <summary>Services need each other in a circle.</summary>
    DependencyCycle,

    /// <summary>A service that this one needs could not be started.</summary>
    DependencyFailed,

    /// <summary>A licence that a service asks for was not accepted.</summary>
    EulaNotAccepted,

    /// <summary>The service's image is not made for the engine's platform.</summary>
    PlatformUnsupported,

    /// <summary>The service did not become usable in time.</summary>
    StartTimeout,

    /// <summary>The service did not end in time.</summary>
    StopTimeout,

    /// <summary>The container or process ended while it was starting.</summary>
    ContainerExited,

    /// <summary>The container was ended for lack of memory.</summary>
    OutOfMemory,

    /// <summary>The service runs but does not answer as it should.</summary>
    ServiceUnhealthy,

    /// <summary>What was to be made in a fresh service could not be made.</summary>
    InitHookFailed,

    /// <summary>A program that host mode needs is not installed.</summary>
    HostToolMissing,

    /// <summary>A program that host mode needs could not be installed.</summary>
    HostToolInstallFailed,

    /// <summary>The service cannot run without Docker, or not with these settings.</summary>
    HostModeUnsupported,

    /// <summary>A file of the LocalZure home cannot be read.</summary>
    StateCorrupt,

    /// <summary>The LocalZure home, or a folder in it, cannot be written.</summary>
    HomeNotWritable,

    /// <summary>Another process held a lock for too long.</summary>
    LockTimeout,

    /// <summary>The call was cancelled.</summary>
    Cancelled,

    /// <summary>No space is left on the device.</summary>
    DiskFull,

    /// <summary>A defect of LocalZure itself.</summary>
    InternalError,
}
