using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Says why a start failed, the same way for containers and host processes.</summary>
internal static class StartFailures
{
    /// <summary>How many of the last log lines go into a failure.</summary>
    public const int LogTail = 20;

    /// <summary>Of a longer line only so many letters go into a failure.</summary>
    private const int LongestLine = 4000;

    /// <summary>Shorter values, such as <c>1</c> or <c>on</c>, are no secrets but parts of many words.</summary>
    private const int ShortestSecret = 6;

    /// <summary>It ended while it was starting.</summary>
    /// <param name="service">The service.</param>
    /// <param name="what">What ended: <c>container</c> or <c>process</c>.</param>
    /// <param name="exitCode">Its exit code; null when not known.</param>
    /// <param name="outOfMemory">Whether the kernel ended it for lack of memory.</param>
    /// <param name="log">Its last log lines.</param>
    public static LocalZureException Exited(DesiredService service, string what, int? exitCode, bool outOfMemory, IReadOnlyList<string> log)
    {
        // 128 and the number of SIGKILL or SIGTERM
        var code = exitCode is { } number ? $"exit code {number}{(number is 137 or 143 && !outOfMemory ? " (it was ended from outside)" : "")}" : "an unknown exit code";
        return outOfMemory
            ? Failure(ErrorCode.OutOfMemory, service, $"The {what} of {service.Key} was ended for lack of memory while it was starting ({code}).", exitCode, log)
            : Failure(ErrorCode.ContainerExited, service, $"The {what} of {service.Key} ended with {code} while it was starting.", exitCode, log);
    }

    /// <summary>The command that makes its data failed.</summary>
    /// <param name="service">The service.</param>
    /// <param name="program">The command.</param>
    /// <param name="result">How it ended.</param>
    public static LocalZureException NotPrepared(DesiredService service, string program, CommandResult result) =>
        Failure(ErrorCode.ContainerExited, service, $"'{program}', which makes the data of {service.Key}, ended with exit code {result.ExitCode}.", result.ExitCode, result.Lines.TakeLast(LogTail).ToList());

    /// <summary>What was to be made in it could not be made.</summary>
    /// <param name="service">The service.</param>
    /// <param name="what">What was made or run, for example <c>queue 'orders'</c>.</param>
    /// <param name="why">What happened, as the end of a sentence.</param>
    /// <param name="exitCode">The exit code; null when no program ended.</param>
    /// <param name="output">What it wrote.</param>
    public static LocalZureException HookFailed(DesiredService service, string what, string why, int? exitCode, IReadOnlyList<string> output) =>
        Failure(ErrorCode.InitHookFailed, service, $"{service.Key} could not be initialized: {what}: {why}.", exitCode, output.TakeLast(LogTail).ToList());

    /// <summary>A hook has failed on data on which an earlier start was cut off while it ran the hooks.</summary>
    public static LocalZureException HookFailedAgain(DesiredService service, LocalZureException failure) => new(
        ErrorCode.InitHookFailed,
        $"{failure.Message} An earlier start was killed while it ran the hooks on this data; what it had made by then may be in the way.",
        $"If the data is not needed, empty it with Stop-LzService {service.Key.Name}{(service.Key.Instance is { } instance ? $" -Instance {instance}" : "")} -RemoveData and start it again.",
        failure)
    { Service = service.Key.Name, Instance = service.Key.Instance, ExitCode = failure.ExitCode, Evidence = failure.Evidence };

    /// <summary>It runs but did not become usable: in time, or ever, as it says itself.</summary>
    /// <param name="service">The service.</param>
    /// <param name="wasRunning">Whether it ran before this start, so that it is not slow but broken.</param>
    /// <param name="readiness">What the wait saw.</param>
    /// <param name="log">Its last log lines.</param>
    public static LocalZureException NotUsable(DesiredService service, bool wasRunning, ReadinessResult readiness, IReadOnlyList<string> log) =>
        readiness.TerminalLine is { } line
            ? Failure(ErrorCode.ServiceUnhealthy, service, $"{service.Key} runs but has given up; its log says '{Masked(line, service)}'.", null, log)
            : TimedOut(service, wasRunning, readiness.Last, log);

    /// <summary>Other commands stopped or removed it again and again while it was starting.</summary>
    /// <param name="service">The service.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="last">What happened last, as the end of a sentence.</param>
    public static LocalZureException Interfered(DesiredService service, int attempts, string last) => new(
        ErrorCode.ContainerExited,
        $"{service.Key} was stopped or removed by other commands each of the {attempts} times that it was started; last, {last}.",
        "Let what stops it finish, then start it again.")
    { Service = service.Key.Name, Instance = service.Key.Instance };

    /// <summary>What it needs has failed.</summary>
    /// <param name="service">The service.</param>
    /// <param name="failed">How it went for what it needs.</param>
    public static LocalZureException Dependency(DesiredService service, ServiceOutcome failed)
    {
        // Through how many others ever: the one that failed by itself is what has to be mended.
        var root = failed.Error!;
        while (root is { Code: ErrorCode.DependencyFailed, InnerException: LocalZureException inner })
        {
            root = inner;
        }

        return new LocalZureException(ErrorCode.DependencyFailed, $"{service.Key} was not started: {root.Service ?? failed.Name}, which it needs, failed with {root.Code}.", innerException: root)
        {
            Service = service.Key.Name,
            Instance = service.Key.Instance,
        };
    }

    /// <summary>A port that was asked for is taken.</summary>
    /// <param name="service">The service.</param>
    /// <param name="port">The port.</param>
    /// <param name="holder">Who holds it, in words.</param>
    /// <param name="cause">The refusal; null when it was noticed beforehand.</param>
    public static LocalZureException PortTaken(DesiredService service, DesiredPort port, string holder, Exception? cause) => new(
        ErrorCode.PortInUse,
        $"Port {port.HostPort} of {port.HostAddress}, which was asked for as '{port.Name}' of {service.Key}, is taken by {holder}.",
        $"Stop {holder}, or choose another port with -Port @{{ {port.Name} = ... }}; 0 takes a free one.",
        cause)
    { Service = service.Key.Name, Instance = service.Key.Instance };

    /// <summary>A port that it had is taken, so that it cannot be started where it was.</summary>
    /// <param name="service">The service.</param>
    /// <param name="port">The port.</param>
    /// <param name="holder">Who holds it, in words.</param>
    /// <param name="cause">The refusal; null when it was noticed otherwise.</param>
    public static LocalZureException PortLost(DesiredService service, int port, string holder, Exception? cause) => new(
        ErrorCode.PortInUse,
        $"{service.Key} could not be started again where it was: its port {port} is taken by {holder}.",
        $"Stop {holder} and try again, or make the service anew at another port with Start-LzService.",
        cause)
    { Service = service.Key.Name, Instance = service.Key.Instance };

    /// <summary>It is not there (any more).</summary>
    public static LocalZureException Gone(DesiredService service) => new(ErrorCode.ServiceNotRunning, $"{service.Key} is not there any more; somebody else has removed it.")
    {
        Service = service.Key.Name,
        Instance = service.Key.Instance,
    };

    /// <summary>It was to be emptied, and runs again, but with data.</summary>
    /// <param name="service">The service.</param>
    /// <param name="cause">Why its data could not be removed.</param>
    public static LocalZureException NotEmptied(DesiredService service, LocalZureException cause) => new(cause.Code, $"{service.Key} runs again but was not emptied: {cause.Message}", cause.Remedy, cause)
    {
        Service = service.Key.Name,
        Instance = service.Key.Instance,
    };

    private static LocalZureException TimedOut(DesiredService service, bool wasRunning, IReadOnlyList<ProbeResult> last, IReadOnlyList<string> log)
    {
        var failing = last.FirstOrDefault(result => result.Status != ServiceHealthStatus.Healthy);
        var seen = failing is null
            ? last.Count == 0 ? "no probe answered" : "not all of its probes have passed"
            : $"{failing.Type} probe of {failing.Target}: {Masked(failing.Message ?? "", service)}";
        var limit = $"{service.StartTimeout.TotalSeconds:0.###} s";
        return wasRunning
            ? Failure(ErrorCode.ServiceUnhealthy, service, $"{service.Key} runs but did not answer as it should within {limit} ({seen}).", null, log)
            : Failure(ErrorCode.StartTimeout, service, $"{service.Key} did not become usable within {limit} ({seen}).", null, log);
    }

    private static LocalZureException Failure(ErrorCode code, DesiredService service, string message, int? exitCode, IReadOnlyList<string> log) => new(code, message)
    {
        Service = service.Key.Name,
        Instance = service.Key.Instance,
        ExitCode = exitCode,
        Evidence = SecretsOf(service).SanitizeLines(log, LongestLine),
    };

    /// <summary>What takes out of a line of a service what may be a secret; made once for all of its lines.</summary>
    public static Func<string, string> MaskOf(DesiredService service) => SecretsOf(service).Sanitize;

    private static string Masked(string line, DesiredService service) => SecretsOf(service).Sanitize(line);

    // A program may quote what the caller has given it, which may be a secret of any form.
    private static KnownSecrets SecretsOf(DesiredService service)
    {
        var own = service.AsDefined?.Environment ?? service.Environment;

        // What a configuration gives stands in a file, mostly for all to read; what is named like a secret is one nevertheless.
        var whole = service.Environment.Where(pair => pair.Value.Length >= ShortestSecret && own.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => Template.Unescape(pair.Value));
        var named = service.Environment.Where(pair => service.UserVariables.Contains(pair.Key) && SecretNames.MayHold(pair.Key)).Select(pair => Template.Unescape(pair.Value));
        var parts = service.Environment.Where(pair => service.UserVariables.Contains(pair.Key)).SelectMany(pair => SecretParts.Of("", Template.Unescape(pair.Value)));
        var made = service.Values.Where(pair => pair.Key.StartsWith("secret.", StringComparison.Ordinal)).Select(pair => pair.Value);
        return new KnownSecrets([.. whole, .. named.Where(value => value.Length >= ShortestSecret), .. parts, .. made.Where(value => value.Length >= ShortestSecret)]);
    }
}
