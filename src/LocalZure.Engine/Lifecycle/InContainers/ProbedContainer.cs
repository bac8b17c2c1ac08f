using System.Runtime.CompilerServices;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Lets probes look at a container.</summary>
internal static class ProbedContainer
{
    /// <summary>The container of a service.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="container">The service as its container shows it.</param>
    /// <param name="definition">Its definition, which names the ports; null when there is none.</param>
    public static ProbedService Of(IContainerRuntime runtime, Service container, ServiceDefinition? definition)
    {
        var id = container.ContainerId!;
        return new ProbedService
        {
            Name = container.ContainerName,
            Ports = container.Ports.Select(port => Named(port, definition)).ToList(),
            StartedAt = container.StartedAt,
            ReadLog = (follow, cancellationToken) => ReadLogAsync(runtime, id, follow, cancellationToken),
            Execute = (command, cancellationToken) => runtime.ExecuteAsync(id, command, cancellationToken),
            Inspect = cancellationToken => runtime.InspectContainerAsync(id, cancellationToken),
        };
    }

    private static ServicePort Named(ServicePort port, ServiceDefinition? definition) =>
        definition?.Ports.FirstOrDefault(candidate => candidate.ContainerPort == port.ContainerPort && candidate.Protocol == port.Protocol) is { } known
            ? port with { Name = known.Name }
            : port;

    private static async IAsyncEnumerable<ContainerLogLine> ReadLogAsync(IContainerRuntime runtime, string id, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is not { } details)
        {
            yield break;
        }

        var query = new ContainerLogQuery(Follow: follow, Since: BeginningOf(details));
        await foreach (var line in runtime.ReadLogAsync(id, query, cancellationToken).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    // The daemon notes the start after the process runs, so that the first lines may be older than it; and the last lines of
    // an earlier life may be newer than the end of that. Half way between the two is clear of both.
    private static DateTimeOffset? BeginningOf(ContainerDetails details) => details switch
    {
        { FinishedAt: { } ended, StartedAt: { } started } when ended < started => ended + ((started - ended) / 2),
        _ => null,
    };
}
