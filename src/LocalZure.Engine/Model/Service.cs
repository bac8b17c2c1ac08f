using System.Text.Json.Serialization;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Secrets;

namespace LocalZure;

/// <summary>A service that runs, ran or is about to run. The same in Docker mode and in host mode.</summary>
public sealed record Service
{
    /// <summary>The first of <see cref="Endpoints"/>; null when it has none. Not written to JSON beside them.</summary>
    [JsonIgnore]
    public string? Endpoint => Endpoints.Values.FirstOrDefault();

    /// <summary>The service's name, for example <c>blob</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The instance that isolates this copy; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary><c>localzure-&lt;service&gt;[-&lt;instance&gt;]</c>, in host mode too.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The container's full id; null in host mode.</summary>
    public string? ContainerId { get; init; }

    /// <summary>The process id in host mode; null in Docker mode and when the process has ended.</summary>
    public int? ProcessId { get; init; }

    /// <summary><see cref="ServiceMode.Docker"/> or <see cref="ServiceMode.Host"/>.</summary>
    public required ServiceMode Mode { get; init; }

    /// <summary>Where it is in its life cycle.</summary>
    public required ServiceState State { get; init; }

    /// <summary>What was last measured by the call that returned this object; Unknown when the call did not probe.</summary>
    public ServiceHealthStatus Health { get; init; }

    /// <summary>The image with its tag; in host mode the program with its version, for example <c>azurite@3.35.0</c>.</summary>
    public string? Image { get; init; }

    /// <summary>The published ports.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init; } = [];

    /// <summary>Addresses by port name, for example <c>blob = http://127.0.0.1:10000/devstoreaccount1</c>.</summary>
    public IReadOnlyDictionary<string, string> Endpoints { get; init; } = new Dictionary<string, string>();

    /// <summary>The connection string most clients want; null when the service has none or no published port.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>All connection strings, under the variable names that SDKs, Functions and Aspire read.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; init; } = new Dictionary<string, string>();

    /// <summary>The data that outlives the container or process.</summary>
    public IReadOnlyList<ServiceVolume> Volumes { get; init; } = [];

    /// <summary>The Docker network; null in host mode.</summary>
    public string? Network { get; init; }

    /// <summary>The services it needs.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The project whose configuration says something about it; null without one.</summary>
    public string? Project { get; init; }

    /// <summary>How long it lives.</summary>
    public ServiceLifetime Lifetime { get; init; }

    /// <summary>When its time to live ends; null when none was set.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last started; null when that was not read.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How often the daemon restarted it; null when that was not read.</summary>
    public int? RestartCount { get; init; }

    /// <summary>The exit code of an ended container or process; null while it runs or when it is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What went wrong last; null when nothing did.</summary>
    public string? LastError { get; init; }

    /// <summary>The time line of the start that returned this object; null from any other call and when it already ran.</summary>
    public StartTimeline? Timeline { get; init; }

    /// <summary>Its definition, as its label or the catalog has it; null when neither does.</summary>
    internal ServiceDefinition? Definition { get; init; }

    /// <summary>How its secrets can be told again.</summary>
    internal SecretOrigin Secrets { get; init; } = new(null, "");

    /// <summary>The short form, for example <c>blob (Running)</c> or <c>blob (instance pr42, Running)</c>.</summary>
    public override string ToString() => Instance is null ? $"{Name} ({State})" : $"{Name} (instance {Instance}, {State})";
}
