namespace LocalZure.Engine.Docker.Wire;

/// <summary>A port in a list of containers.</summary>
internal sealed record ListedPortBody
{
    public string? IP { get; init; }

    public int PrivatePort { get; init; }

    /// <summary>0 for a port that is not published.</summary>
    public int PublicPort { get; init; }

    public string? Type { get; init; }
}
