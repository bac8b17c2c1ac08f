namespace LocalZure.Cli;

/// <summary>What the command tells the shell when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>A defect of LocalZure.</summary>
    public const int Defect = 1;

    /// <summary>What was asked for cannot be: the command line, a variable or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A service failed.</summary>
    public const int Failed = 3;

    /// <summary>There is nothing to run it with: no engine answers and host mode cannot do it.</summary>
    public const int NoEngine = 4;

    /// <summary>Interrupted by Ctrl+C or SIGTERM.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code of a failure.</summary>
    public static int Of(ErrorCode code) => code switch
    {
        ErrorCode.InternalError => Defect,
        ErrorCode.ParameterInvalid or ErrorCode.PortInvalid or ErrorCode.NameInvalid or ErrorCode.ServiceUnknown or ErrorCode.EnvironmentUnknown
            or ErrorCode.ConfigInvalid or ErrorCode.ConfigNotFound or ErrorCode.ReferenceUnresolved or ErrorCode.DependencyCycle or ErrorCode.EulaNotAccepted => Usage,
        ErrorCode.DockerUnavailable or ErrorCode.DockerPermissionDenied or ErrorCode.HostModeUnsupported
            or ErrorCode.HostToolMissing or ErrorCode.HostToolInstallFailed => NoEngine,
        ErrorCode.Cancelled => Interrupted,
        _ => Failed,
    };

    /// <summary>The exit code of several failures: what has failed while it ran counts before what could not be tried.</summary>
    public static int Of(IReadOnlyCollection<int> codes) => codes.Count == 0 ? Done : codes.Contains(Failed) ? Failed : codes.First();
}
