namespace LocalZure.Engine.Docker.Wire;

/// <summary>The answer to the creation of a container or network.</summary>
internal sealed record CreatedBody
{
    public string? Id { get; init; }
}
