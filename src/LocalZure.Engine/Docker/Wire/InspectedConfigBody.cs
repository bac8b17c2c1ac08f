namespace LocalZure.Engine.Docker.Wire;

/// <summary>The configuration in an inspection of a container.</summary>
internal sealed record InspectedConfigBody
{
    public string? Image { get; init; }

    public bool Tty { get; init; }

    public List<string>? Env { get; init; }

    public Dictionary<string, string>? Labels { get; init; }
}
