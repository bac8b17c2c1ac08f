using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Reads from a container what a failure report needs.</summary>
internal static class ContainerFacts
{
    /// <summary>The last lines of its output; empty when it is gone.</summary>
    public static async Task<IReadOnlyList<string>> LogTailAsync(IContainerRuntime runtime, string id, CancellationToken cancellationToken)
    {
        List<string> lines = [];
        await foreach (var line in runtime.ReadLogAsync(id, new ContainerLogQuery(Tail: StartFailures.LogTail), cancellationToken).ConfigureAwait(false))
        {
            lines.Add(line.Text);
        }

        return lines;
    }
}
