using System.Collections;
using System.Management.Automation;
using LocalZure.Engine.Presentation;
using LocalZure.PowerShell.Binding;
using Category = System.Management.Automation.ErrorCategory;

namespace LocalZure.PowerShell.Errors;

/// <summary>The one place where error records are made.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<ErrorCode, Category> Categories = new()
    {
        [ErrorCode.DockerUnavailable] = Category.ResourceUnavailable,
        [ErrorCode.DockerPermissionDenied] = Category.PermissionDenied,
        [ErrorCode.DockerApiError] = Category.ProtocolError,
        [ErrorCode.ImageNotFound] = Category.ObjectNotFound,
        [ErrorCode.ImagePullFailed] = Category.ConnectionError,
        [ErrorCode.RegistryRateLimited] = Category.QuotaExceeded,
        [ErrorCode.RegistryUnauthorized] = Category.AuthenticationError,
        [ErrorCode.ImageArchitectureMismatch] = Category.InvalidType,
        [ErrorCode.BuildFailed] = Category.InvalidResult,
        [ErrorCode.NameConflict] = Category.ResourceExists,
        [ErrorCode.PortInUse] = Category.ResourceBusy,
        [ErrorCode.PortRangeExhausted] = Category.LimitsExceeded,
        [ErrorCode.PortInvalid] = Category.InvalidArgument,
        [ErrorCode.NameInvalid] = Category.InvalidArgument,
        [ErrorCode.ParameterInvalid] = Category.InvalidArgument,
        [ErrorCode.ConfigInvalid] = Category.InvalidData,
        [ErrorCode.ConfigNotFound] = Category.ObjectNotFound,
        [ErrorCode.NotTrusted] = Category.SecurityError,
        [ErrorCode.ReferenceUnresolved] = Category.ObjectNotFound,
        [ErrorCode.ServiceUnknown] = Category.ObjectNotFound,
        [ErrorCode.ServiceNotRunning] = Category.ObjectNotFound,
        [ErrorCode.EnvironmentUnknown] = Category.ObjectNotFound,
        [ErrorCode.DependencyCycle] = Category.InvalidArgument,
        [ErrorCode.DependencyFailed] = Category.OperationStopped,
        [ErrorCode.EulaNotAccepted] = Category.PermissionDenied,
        [ErrorCode.PlatformUnsupported] = Category.InvalidType,
        [ErrorCode.StartTimeout] = Category.OperationTimeout,
        [ErrorCode.BuildTimeout] = Category.OperationTimeout,
        [ErrorCode.StopTimeout] = Category.OperationTimeout,
        [ErrorCode.ContainerExited] = Category.OperationStopped,
        [ErrorCode.OutOfMemory] = Category.ResourceUnavailable,
        [ErrorCode.ServiceUnhealthy] = Category.InvalidResult,
        [ErrorCode.InitHookFailed] = Category.InvalidResult,
        [ErrorCode.HostToolMissing] = Category.NotInstalled,
        [ErrorCode.HostToolInstallFailed] = Category.NotInstalled,
        [ErrorCode.HostModeUnsupported] = Category.NotImplemented,
        [ErrorCode.StateCorrupt] = Category.InvalidData,
        [ErrorCode.HomeNotWritable] = Category.PermissionDenied,
        [ErrorCode.LockTimeout] = Category.OperationTimeout,
        [ErrorCode.Cancelled] = Category.OperationStopped,
        [ErrorCode.DiskFull] = Category.WriteError,
        [ErrorCode.InternalError] = Category.NotSpecified,
    };

    /// <summary>The record of a failure.</summary>
    /// <param name="exception">What failed. One that the engine does not know becomes an InternalError around it.</param>
    /// <param name="target">What the user passed; null when it concerns the call as a whole.</param>
    public static ErrorRecord From(Exception exception, object? target)
    {
        var failure = ErrorText.Known(exception);
        return new ErrorRecord(failure, failure.Code.ToString(), Categories[failure.Code], Simplified(target))
        {
            ErrorDetails = new ErrorDetails(ErrorText.Of(failure)) { RecommendedAction = failure.Remedy },
        };
    }

    // CategoryInfo shows the target as a text: a list would be the name of its type there.
    private static object? Simplified(object? target) => target switch
    {
        IReadOnlyCollection<string> { Count: 0 } => null,
        IReadOnlyCollection<string> names => string.Join(", ", names),
        IDictionary table => string.Join(", ", TextTable.Read(table).Select(pair => pair.Key.Length == 0 ? pair.Value : $"{pair.Key} = {pair.Value}")),
        _ => target,
    };
}
