using static LocalZure.ErrorCategory;
using static LocalZure.ErrorSeverity;

namespace LocalZure;

/// <summary>The one table of what is fixed about every <see cref="ErrorCode"/>.</summary>
public static class ErrorDescriptions
{
    // A class and a namespace of these names would be found before the categories.
    private const ErrorCategory Configuration = ErrorCategory.Configuration;
    private const ErrorCategory Docker = ErrorCategory.Docker;

    private static readonly Dictionary<ErrorCode, ErrorDescription> Table = new()
    {
        [ErrorCode.DockerUnavailable] = new(Docker, Critical, true, "Start Docker (or set DOCKER_HOST to an engine that runs), or use -Mode Host."),
        [ErrorCode.DockerPermissionDenied] = new(Docker, Critical, false, "Give this user access to the Docker socket, for example with 'sudo usermod -aG docker $USER' and a new login, or use -Mode Host."),
        [ErrorCode.DockerApiError] = new(Docker, High, true, "Look at the daemon's message and its log, then try again."),
        [ErrorCode.ImageNotFound] = new(Registry, High, false, "Check the image's name and tag, or pass another with -Image."),
        [ErrorCode.ImagePullFailed] = new(Registry, High, true, "Check that the registry can be reached, then try again; an image that is already on this machine is used without a pull."),
        [ErrorCode.RegistryRateLimited] = new(Registry, Medium, true, "Wait until the limit is over, sign in with 'docker login', or name a mirror with -Image."),
        [ErrorCode.RegistryUnauthorized] = new(Registry, High, false, "Sign in to the registry with 'docker login', or check the image's name."),
        [ErrorCode.ImageArchitectureMismatch] = new(Registry, High, false, "Name an image for this machine's architecture with -Image."),
        [ErrorCode.BuildFailed] = new(Docker, High, false, "Look at the last lines of the build, correct the Dockerfile or what it builds from, then try again."),
        [ErrorCode.BuildTimeout] = new(Docker, High, true, "Set a longer 'timeouts.build'; the steps that are complete are not run again."),
        [ErrorCode.NameConflict] = new(Docker, High, false, "Use -Instance to start a copy under another name, or remove what holds the name."),
        [ErrorCode.PortInUse] = new(Host, High, true, "Stop what holds the port, or choose another with -Port."),
        [ErrorCode.PortRangeExhausted] = new(Host, High, true, "Stop services that are not needed, or set LOCALZURE_PORT_RANGE to a wider range."),
        [ErrorCode.PortInvalid] = new(Configuration, Medium, false, "Use a number from 1 to 65535, or 0 for a free port, and a port name that the service has."),
        [ErrorCode.NameInvalid] = new(Configuration, Medium, false, "Use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit, 1 to 63 characters."),
        [ErrorCode.ParameterInvalid] = new(Configuration, Medium, false, "Correct the value and try again."),
        [ErrorCode.ConfigInvalid] = new(Configuration, High, false, "Correct what the errors name; Test-LzConfiguration lists them as objects."),
        [ErrorCode.ConfigNotFound] = new(Configuration, High, false, "Name a file that exists, with -ConfigPath or LOCALZURE_CONFIG; New-LzConfiguration writes one to start from."),
        [ErrorCode.NotTrusted] = new(Configuration, High, false, "Set LOCALZURE_TRUST to the folder that is named if you know what is in it, or use one of your own."),
        [ErrorCode.ReferenceUnresolved] = new(Configuration, High, false, "Name a service of the file or of the catalog, and one of its properties, for example ${sql.connectionString}."),
        [ErrorCode.ServiceUnknown] = new(Configuration, Medium, false, "Get-LzService -Available lists the services that can be started."),
        [ErrorCode.ServiceNotRunning] = new(Configuration, Low, true, "Start it with Start-LzService."),
        [ErrorCode.EnvironmentUnknown] = new(Configuration, Low, false, "Get-LzEnvironment lists those that are there."),
        [ErrorCode.DependencyCycle] = new(Configuration, High, false, "Remove one of the dependencies that the message names."),
        [ErrorCode.DependencyFailed] = new(Docker, High, true, "Mend what the error of the other service says, or use -NoDependency when it is not needed."),
        [ErrorCode.EulaNotAccepted] = new(Configuration, Medium, false, "Read the licence at its link; start with -AcceptEula, or set LOCALZURE_ACCEPT_EULA=true, when you accept it."),
        [ErrorCode.PlatformUnsupported] = new(Configuration, High, false, "Name an image for the engine's platform with -Image, or use an engine of another one with DOCKER_HOST."),
        [ErrorCode.StartTimeout] = new(Docker, High, true, "Give it more time with -Timeout, and read its log with Get-LzContainerLog after a start with -KeepOnFailure."),
        [ErrorCode.StopTimeout] = new(Docker, Medium, true, "Give it more time with -Timeout, or end it with Stop-LzService."),
        [ErrorCode.ContainerExited] = new(Docker, High, true, "The last log lines say why it ended; -KeepOnFailure keeps it for a closer look."),
        [ErrorCode.OutOfMemory] = new(Docker, High, false, "Give it more memory with -Memory, or the engine itself if it is short of memory."),
        [ErrorCode.ServiceUnhealthy] = new(Docker, High, true, "Read its log with Get-LzContainerLog; Start-LzService -Recreate makes it anew, data volumes stay."),
        [ErrorCode.InitHookFailed] = new(Configuration, High, false, "Mend what the output in the error's evidence says; -KeepOnFailure keeps the service for a closer look."),
        [ErrorCode.HostToolMissing] = new(Host, High, false, "Install the program that is named, or start Docker."),
        [ErrorCode.HostToolInstallFailed] = new(Host, High, true, "Look at the installer's output; check that the package registry can be reached, then try again."),
        [ErrorCode.HostModeUnsupported] = new(Configuration, High, false, "Start Docker and use -Mode Docker."),
        [ErrorCode.StateCorrupt] = new(Host, High, false, "Run Remove-LzOrphan: it ends what the file stands for and removes it."),
        [ErrorCode.HomeNotWritable] = new(Host, Critical, false, "Give this user write access to the folder that is named, or set LOCALZURE_HOME to another one."),
        [ErrorCode.LockTimeout] = new(Host, Medium, true, "Wait for the other process to finish, then try again."),
        [ErrorCode.Cancelled] = new(Host, Low, true, "Start it again when ready."),
        [ErrorCode.DiskFull] = new(Host, Critical, true, "Free disk space (for Docker: 'docker system df' shows what uses it), then try again."),
        [ErrorCode.InternalError] = new(Host, High, false, "This is a defect of LocalZure; please report it with the message."),
    };

    /// <summary>The row of a code.</summary>
    /// <exception cref="KeyNotFoundException">The code has no row, which a test rules out.</exception>
    public static ErrorDescription For(ErrorCode code) => Table[code];
}
