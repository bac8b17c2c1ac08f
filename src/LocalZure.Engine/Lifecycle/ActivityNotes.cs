using System.Globalization;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Writes the events that LocalZure notes itself.</summary>
internal sealed class ActivityNotes
{
    private readonly ActivityLog _log;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="time">The clock.</param>
    public ActivityNotes(string home, TimeProvider time)
    {
        _log = new ActivityLog(home);
        _time = time;
    }

    /// <summary>A start has seen a service become usable.</summary>
    public void Ready(Service service)
    {
        if (service.Timeline?.ReadyMs is { } ready)
        {
            Add(EventType.Ready, new ServiceKey(service.Name, service.Instance), service.Mode, string.Create(CultureInfo.InvariantCulture, $"usable {ready:0} ms after its start was asked for"));
        }
    }

    /// <summary>A service was ended on request, and perhaps removed.</summary>
    /// <param name="key">The service.</param>
    /// <param name="mode">How it ran.</param>
    /// <param name="exitCode">Its exit code; null when it is not known.</param>
    public void Stopped(ServiceKey key, ServiceMode mode, int? exitCode) => Add(EventType.Stopped, key, mode, Ended("stopped", exitCode), exitCode);

    /// <summary>A host process was started.</summary>
    public void Started(HostProcessEntry entry) => Add(EventType.Started, KeyOf(entry), ServiceMode.Host, $"process {entry.Process?.Pid} of {entry.Program}");

    /// <summary>A host process was forgotten.</summary>
    public void Removed(HostProcessEntry entry) => Add(EventType.Removed, KeyOf(entry), ServiceMode.Host, "its entry was removed");

    /// <summary>A host process was frozen or thawed.</summary>
    public void Frozen(HostProcessEntry entry, bool freeze) =>
        Add(freeze ? EventType.Paused : EventType.Resumed, KeyOf(entry), ServiceMode.Host, freeze ? "frozen" : "thawed");

    /// <summary>A host process was found to have ended by itself. The same end is noted once, whoever finds it.</summary>
    /// <param name="entry">Its entry.</param>
    /// <param name="exitCode">Its exit code; null when it left none.</param>
    /// <param name="at">When it ended, or was found to have.</param>
    public void Died(HostProcessEntry entry, int? exitCode, DateTimeOffset at)
    {
        var process = entry.Process!;
        var value = Of(EventType.Died, KeyOf(entry), ServiceMode.Host, Ended("ended", exitCode), at) with { ExitCode = exitCode };
        _log.Append(value, $"died-{entry.ContainerName}-{process.Pid}-{process.StartToken}");
    }

    private static string Ended(string how, int? exitCode) => exitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"{how} with exit code {code}") : how;

    private static ServiceKey KeyOf(HostProcessEntry entry) => new(entry.Service, entry.Instance);

    private static Event Of(EventType type, ServiceKey key, ServiceMode mode, string message, DateTimeOffset at) => new()
    {
        Time = at,
        Type = type,
        Service = key.Name,
        Instance = key.Instance,
        ContainerName = key.ContainerName,
        Mode = mode,
        Message = SecretSanitizer.Sanitize(message),
    };

    private void Add(EventType type, ServiceKey key, ServiceMode mode, string message, int? exitCode = null) =>
        _log.Append(Of(type, key, mode, message, _time.GetUtcNow()) with { ExitCode = exitCode });
}
