namespace LocalZure.Engine.Docker.Wire;

/// <summary>The result of an image's HEALTHCHECK.</summary>
internal sealed record HealthBody
{
    /// <summary><c>starting</c>, <c>healthy</c>, <c>unhealthy</c>; <c>none</c> or empty without a check.</summary>
    public string? Status { get; init; }
}
