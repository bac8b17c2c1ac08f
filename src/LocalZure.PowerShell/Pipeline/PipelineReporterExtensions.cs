using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;
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
    public static void Missing(this PipelineReporter report, ServiceQuery query, IEnumerable<string> found)
    {
        foreach (var (name, error) in MissingServices.Of(query, found, report.DockerFailure))
        {
            report.Error(error, name);
        }
    }

    /// <summary>Writes several streams as they come. When one fails the others end too.</summary>
    public static async Task OutputAllAsync<TSource, TValue>(
        this PipelineReporter report,
        IReadOnlyList<TSource> sources,
        Func<TSource, CancellationToken, IAsyncEnumerable<TValue>> open,
        CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(sources.Select(OutputOneAsync)).ConfigureAwait(false);

        async Task OutputOneAsync(TSource source)
        {
            try
            {
                await report.OutputAsync(open(source, ended.Token), ended.Token).ConfigureAwait(false);
            }
            catch
            {
                await ended.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
