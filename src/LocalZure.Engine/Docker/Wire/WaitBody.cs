namespace LocalZure.Engine.Docker.Wire;

/// <summary>The answer of a wait for a container's end.</summary>
internal sealed record WaitBody
{
    public long? StatusCode { get; init; }

    public WaitErrorBody? Error { get; init; }
}
