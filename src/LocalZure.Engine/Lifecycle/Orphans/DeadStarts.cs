using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Orphans;

/// <summary>The notes of starts that died.</summary>
internal static class DeadStarts
{
    /// <summary>The ids of those that have left nothing, so that their notes serve no purpose any more. Pure.</summary>
    /// <param name="observed">What there is.</param>
    /// <param name="withContainers">Whether containers were looked at: without that nobody knows whether a start has left one.</param>
    public static IReadOnlyList<string> WithoutTrace(ObservedState observed, bool withContainers)
    {
        var containers = observed.Containers.Concat(observed.SetAside).ToList();
        var mentioned = containers.Select(container => container.Labels.GetValueOrDefault(Labels.Operation))
            .Concat(containers.Where(container => ContainerLabels.KeyOf(container.Labels)?.ContainerName != container.Name).Select(container => observed.Replacements.GetValueOrDefault(container.Id)))
            .Concat(observed.HostProcesses.Select(process => process.Entry.Operation))
            .ToHashSet(StringComparer.Ordinal);
        return observed.Operations
            .Where(operation => operation.Value == OwnerState.Dead && !mentioned.Contains(operation.Key))
            .Select(operation => operation.Key)
            .Where(id => withContainers || observed.OperationsOnHost.Contains(id))
            .ToList();
    }
}
