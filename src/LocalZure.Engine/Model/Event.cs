namespace LocalZure;

/// <summary>Something that happened to a service.</summary>
public sealed record Event
{
    /// <summary>When, by the clock of the container engine, or of this machine for what LocalZure notes itself.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What has happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The service's name; null for an image that several services use.</summary>
    public string? Service { get; init; }

    /// <summary>The instance; null for the unnamed one and for an image.</summary>
    public string? Instance { get; init; }

    /// <summary>The container's name, in host mode too; null for an image.</summary>
    public string? ContainerName { get; init; }

    /// <summary><see cref="ServiceMode.Docker"/> or <see cref="ServiceMode.Host"/>.</summary>
    public required ServiceMode Mode { get; init; }

    /// <summary>The exit code of what has died or was stopped; null otherwise and when nobody knows it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The same in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The short form, for example <c>blob: Died</c>.</summary>
    public override string ToString() => Service is null ? $"{Type}" : $"{Service}: {Type}";
}
