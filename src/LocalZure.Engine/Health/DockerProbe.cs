namespace LocalZure.Engine.Health;

/// <summary>Asks the engine what the image's own HEALTHCHECK says.</summary>
internal sealed class DockerProbe : LimitedProbe
{
    private readonly ProbedService _service;

    /// <summary>Creates one.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="service">A service in a container.</param>
    /// <param name="time">The clock.</param>
    public DockerProbe(DockerProbeDefinition definition, ProbedService service, TimeProvider time)
        : base("docker", $"HEALTHCHECK of {service.Name}", definition, time) => _service = service;

    /// <inheritdoc/>
    protected override async Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        Containers.ContainerDetails? details;
        try
        {
            details = await _service.Inspect!(cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e)
        {
            return Failed(null, e.Message);
        }

        return details switch
        {
            null => Failed(null, "the container is gone"),
            { HealthStatus: null } => throw new LocalZureException(ErrorCode.ServiceUnhealthy, $"The image {details.Image} of {_service.Name} has no HEALTHCHECK to go by."),
            { HealthStatus: "healthy" } => Passed(null, "healthy"),
            _ => Failed(null, details.HealthStatus),
        };
    }
}
