namespace LocalZure.Engine.Docker.Wire;

/// <summary>A mount to make.</summary>
internal sealed record MountBody
{
    /// <summary><c>volume</c>, <c>bind</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    public string? Source { get; init; }

    public required string Target { get; init; }

    public bool ReadOnly { get; init; }
}
