using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Activity;

/// <summary>Makes events of those of a container engine. Pure.</summary>
internal sealed class EventMapper
{
    private readonly Func<string, IReadOnlyList<string>?> _usersOf;

    /// <summary>Creates one.</summary>
    /// <param name="usersOf">The services that an image is of; null for an image that is none of ours.</param>
    public EventMapper(Func<string, IReadOnlyList<string>?> usersOf) => _usersOf = usersOf;

    /// <summary>The event; null for what is not ours or tells nothing new.</summary>
    public Event? Map(RuntimeEvent happened) => happened.IsImage ? OfImage(happened) : OfContainer(happened);

    private Event? OfImage(RuntimeEvent happened)
    {
        if (happened.Action != "pull" || _usersOf(happened.Id) is not { } users)
        {
            return null;
        }

        return new Event
        {
            Time = happened.Time,
            Type = EventType.ImagePulled,
            Service = users.Count == 1 ? users[0] : null,
            Mode = ServiceMode.Docker,
            Message = happened.Id,
        };
    }

    private static Event? OfContainer(RuntimeEvent happened)
    {
        if (!Ownership.IsContainer(happened.Attributes.GetValueOrDefault("name") ?? "", happened.Attributes) || ContainerLabels.KeyOf(happened.Attributes) is not { } key || TypeOf(happened.Action) is not { } type)
        {
            return null;
        }

        var exitCode = type == EventType.Died ? ExitCodeOf(happened.Attributes) : null;
        return new Event
        {
            Time = happened.Time,
            Type = type,
            Service = key.Name,
            Instance = key.Instance,
            ContainerName = happened.Attributes.GetValueOrDefault("name") ?? key.ContainerName,
            Mode = ServiceMode.Docker,
            ExitCode = exitCode,
            Message = Message(type, exitCode, happened),
        };
    }

    // health_status: healthy, with Podman health_status alone and the result beside it. Podman says died and remove.
    private static EventType? TypeOf(string action) => action switch
    {
        "create" => EventType.Created,
        "start" => EventType.Started,
        "die" or "died" => EventType.Died,
        "oom" => EventType.OutOfMemory,
        "stop" => EventType.Stopped,
        "pause" => EventType.Paused,
        "unpause" => EventType.Resumed,
        "destroy" or "remove" => EventType.Removed,
        "health_status: healthy" => EventType.Healthy,
        "health_status: unhealthy" => EventType.Unhealthy,
        _ => null,
    };

    private static int? ExitCodeOf(IReadOnlyDictionary<string, string> attributes) =>
        int.TryParse(attributes.GetValueOrDefault("exitCode") ?? attributes.GetValueOrDefault("containerExitCode"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static string Message(EventType type, int? exitCode, RuntimeEvent happened) => type switch
    {
        EventType.Created or EventType.Started => $"container {happened.Id[..Math.Min(12, happened.Id.Length)]} of {happened.Attributes.GetValueOrDefault("image")}",
        EventType.Died when exitCode is { } code => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}"),
        EventType.Died => "ended",
        EventType.OutOfMemory => "a process was ended for lack of memory",
        EventType.Stopped => "stopped",
        EventType.Paused => "frozen",
        EventType.Resumed => "thawed",
        EventType.Removed => "the container was removed",
        EventType.Healthy => "its HEALTHCHECK passes",
        _ => "its HEALTHCHECK fails",
    };
}
