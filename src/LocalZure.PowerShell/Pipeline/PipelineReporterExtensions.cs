using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>Reports the shapes in which the engine answers.</summary>
internal static class PipelineReporterExtensions
{
    /// <summary>Writes how it went for one service.</summary>
    /// <param name="report">The reporter.</param>
    /// <param name="outcome">How it went.</param>
    /// <param name="write">Write the service when it went well.</param>
    public static void Outcome(this PipelineReporter report, ServiceOutcome outcome, bool write)
    {
        if (outcome.Error is not null)
        {
            report.Error(outcome.Error, outcome.Name);
        }
        else if (write)
        {
            report.Output([outcome.Service!]);
        }
        else
        {
            SeenInstances.Note([outcome.Service!]);
        }
    }

    /// <summary>Writes an error for every service that was asked for by its exact name and is not among those found.</summary>
    public static async Task MissingAsync(this PipelineReporter report, LocalZureEngine engine, ServiceQuery query, IEnumerable<string> found, CancellationToken cancellationToken)
    {
        foreach (var missing in await engine.ExplainMissingAsync(query, found, report.DockerFailure, report.Configuration, cancellationToken).ConfigureAwait(false))
        {
            report.Error(missing.Error!, missing.Name);
        }
    }

    /// <summary>Writes several streams as they come. When one fails the others end too.</summary>
    public static Task OutputAllAsync<TSource, TValue>(
        this PipelineReporter report,
        IReadOnlyList<TSource> sources,
        Func<TSource, CancellationToken, IAsyncEnumerable<TValue>> open,
        CancellationToken cancellationToken) =>
        AllAsync(sources, (source, cancel) => report.OutputAsync(open(source, cancel), cancel), cancellationToken);

    /// <summary>Does something on the pipeline thread with each value of several streams as they come. When one fails the others end too.</summary>
    public static Task ActAllAsync<TSource, TValue>(
        this PipelineReporter report,
        IReadOnlyList<TSource> sources,
        Func<TSource, CancellationToken, IAsyncEnumerable<TValue>> open,
        Action<TValue> act,
        CancellationToken cancellationToken) =>
        AllAsync(
            sources,
            async (source, cancel) =>
            {
                await foreach (var value in open(source, cancel).ConfigureAwait(false))
                {
                    report.Act(() => act(value));
                }
            },
            cancellationToken);

    private static async Task AllAsync<TSource>(IReadOnlyList<TSource> sources, Func<TSource, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(sources.Select(DoOneAsync)).ConfigureAwait(false);

        async Task DoOneAsync(TSource source)
        {
            try
            {
                await work(source, ended.Token).ConfigureAwait(false);
            }
            catch
            {
                await ended.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
