namespace LocalZure.Engine.Requests;

/// <summary>Which environment to use, and what to start in it.</summary>
public sealed record EnvironmentRequest
{
    /// <summary>The name under which others may use it at the same time; null for one of its own, with a name that nobody else has.</summary>
    public string? Name { get; init; }

    /// <summary>What to start. Its instance and lifetime are decided by the environment.</summary>
    public required StartRequest Start { get; init; }
}
