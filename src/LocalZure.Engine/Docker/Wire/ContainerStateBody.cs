using System.Text.Json.Serialization;

namespace LocalZure.Engine.Docker.Wire;

/// <summary>The state in an inspection of a container.</summary>
internal sealed record ContainerStateBody
{
    public string? Status { get; init; }

    public int ExitCode { get; init; }

    public bool OOMKilled { get; init; }

    public string? Error { get; init; }

    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? StartedAt { get; init; }

    [JsonConverter(typeof(GoTimeConverter))]
    public DateTimeOffset? FinishedAt { get; init; }

    public HealthBody? Health { get; init; }
}
