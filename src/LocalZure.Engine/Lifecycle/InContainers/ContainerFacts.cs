using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Reads from a container what a failure report needs.</summary>
internal static class ContainerFacts
{
    // 128 and the number of SIGKILL
    private const int KilledExitCode = 137;

    // By the engine's clock, which also ends the reading.
    private static readonly TimeSpan LatestMemoryEvent = TimeSpan.FromSeconds(1);

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

    /// <summary>What is known of a container, and whether it ran out of memory also where its engine learns that late; null when it is gone.</summary>
    public static async Task<ContainerDetails?> InspectAsync(IContainerRuntime runtime, string id, CancellationToken cancellationToken) =>
        await runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is { } details
            ? await WithCauseOfEndAsync(runtime, details, cancellationToken).ConfigureAwait(false)
            : null;

    // An engine learns of it by an event of its own, which under load comes after the end: Docker 20.10 then keeps OOMKilled false
    // for ever, but tells the event.
    private static async Task<ContainerDetails> WithCauseOfEndAsync(IContainerRuntime runtime, ContainerDetails details, CancellationToken cancellationToken)
    {
        if (details is not { State: ContainerState.Exited or ContainerState.Dead, ExitCode: KilledExitCode, OutOfMemory: false, StartedAt: { } started, FinishedAt: { } ended })
        {
            return details;
        }

        try
        {
            await foreach (var happened in runtime.ReadEventsAsync(started, ended + LatestMemoryEvent, cancellationToken).ConfigureAwait(false))
            {
                if (happened.Action == "oom" && happened.Id == details.Id)
                {
                    return details with { OutOfMemory = true };
                }
            }
        }
        catch (ContainerRuntimeException)
        {
            // An engine that does not tell its events; that it was ended is known all the same.
        }

        return details;
    }
}
