namespace LocalZure.Engine.Docker.Wire;

/// <summary>Why a wait failed.</summary>
internal sealed record WaitErrorBody
{
    public string? Message { get; init; }
}
