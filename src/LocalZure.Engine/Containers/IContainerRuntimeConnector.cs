namespace LocalZure.Engine.Containers;

/// <summary>Finds a container runtime and connects to it.</summary>
internal interface IContainerRuntimeConnector
{
    /// <summary>Connects to the first endpoint that answers.</summary>
    /// <exception cref="LocalZureException">DockerUnavailable or DockerPermissionDenied, with every endpoint that was tried in the evidence.</exception>
    Task<IContainerRuntime> ConnectAsync(CancellationToken cancellationToken);
}
