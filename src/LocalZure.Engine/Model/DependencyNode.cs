namespace LocalZure;

/// <summary>A service in the graph of what needs what.</summary>
public sealed record DependencyNode
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The names of the services of the same instance that it needs.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The names of the services of the same instance that need it, as far as they are in the graph.</summary>
    public IReadOnlyList<string> Dependants { get; init; } = [];

    /// <summary>Whether the configuration has it enabled.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>How it runs; null when it is not there.</summary>
    public ServiceMode? Mode { get; init; }

    /// <summary>Where it is in its life cycle; NotCreated when it is not there.</summary>
    public ServiceState State { get; init; }

    /// <summary>What its probes say; Stopped when it does not run.</summary>
    public ServiceHealthStatus Health { get; init; }

    /// <summary>The short form, for example <c>blob</c> or <c>blob (instance pr42)</c>.</summary>
    public override string ToString() => Instance is null ? Name : $"{Name} (instance {Instance})";
}
