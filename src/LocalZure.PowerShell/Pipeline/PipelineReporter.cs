using System.Management.Automation;
using LocalZure.Engine.Events;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Errors;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>Brings what the engine tells and returns to the streams of a cmdlet, on the pipeline thread.</summary>
internal sealed class PipelineReporter : IProgress<LifecycleEvent>, IDisposable
{
    private const int BatchSize = 128;

    private readonly PSCmdlet _cmdlet;
    private readonly PipelinePump _pump;
    private readonly ReporterMemory _memory;
    private readonly ProgressThrottle _progress;

    /// <summary>Creates one.</summary>
    /// <param name="cmdlet">The cmdlet whose streams are written to.</param>
    /// <param name="pump">Performs the writes on the pipeline thread.</param>
    /// <param name="memory">What earlier reporters of the cmdlet have written.</param>
    public PipelineReporter(PSCmdlet cmdlet, PipelinePump pump, ReporterMemory memory)
    {
        _cmdlet = cmdlet;
        Configuration = cmdlet.Configuration(null);
        _pump = pump;
        _memory = memory;
        _progress = new ProgressThrottle(memory.ProgressIds, TimeProvider.System, update => _pump.Post(() => Show(update)));
    }

    /// <inheritdoc/>
    public void Report(LifecycleEvent value)
    {
        switch (value)
        {
            case StepProgressed step:
                _progress.Update(step.Subject!, EventText.Of(step), step.Percent);
                break;
            case StepsEnded ended:
                _progress.Complete(ended.Subject!);
                break;
            case StepPlanned planned:
                Verbose(EventText.Of(planned));
                break;
            case Degraded degraded:
                _pump.Post(() => Warn(EventText.Of(degraded.Subject, degraded.Message)));
                break;
            case Unseen unseen:
                _memory.DockerFailure = unseen.Failure;
                _pump.Post(() => Warn(unseen.Message));
                break;
            case Noted noted:
                Verbose(EventText.Of(noted.Subject, noted.Message));
                break;
        }
    }

    /// <summary>The configuration of the folder that the session stands in, read on the pipeline thread.</summary>
    public ConfigurationRequest Configuration { get; }

    /// <summary>Why the engine that the user names could not be looked at; null when it could, or none is named.</summary>
    public LocalZureException? DockerFailure => _memory.DockerFailure;

    /// <summary>Writes objects.</summary>
    public void Output<T>(IReadOnlyCollection<T> values)
    {
        if (values.Count > 0)
        {
            SeenInstances.Note(values);
            _pump.Post(() => _cmdlet.WriteObject(values, enumerateCollection: true));
        }
    }

    /// <summary>Writes objects as they come: at once when they trickle, in batches when they rush.</summary>
    public async Task OutputAsync<T>(IAsyncEnumerable<T> values, CancellationToken cancellationToken)
    {
        var batch = new List<T>();
        var source = values.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            while (true)
            {
                var next = source.MoveNextAsync();
                if (batch.Count == BatchSize || (batch.Count > 0 && !next.IsCompleted))
                {
                    Output(batch);
                    batch = [];
                }

                if (!await next.ConfigureAwait(false))
                {
                    break;
                }

                batch.Add(source.Current);
            }
        }

        Output(batch);
    }

    /// <summary>Does something on the pipeline thread, in the order of the writes.</summary>
    public void Act(Action action) => _pump.Post(action);

    /// <summary>Writes an error that concerns one item and lets the others go on.</summary>
    /// <param name="exception">What failed.</param>
    /// <param name="target">What the user passed.</param>
    public void Error(Exception exception, object? target) => _pump.Post(() => _cmdlet.WriteError(ErrorRecords.From(exception, target)));

    /// <summary>Completes what is still shown. On the pipeline thread, when the run has ended.</summary>
    public void Complete()
    {
        try
        {
            _progress.CompleteAll(Show);
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl+C nothing can be written; the host clears its progress itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _progress.Dispose();

    // Several calls of the engine for one cmdlet may find the same engine down.
    private void Warn(string message)
    {
        if (_memory.Warnings.Add(message))
        {
            _cmdlet.WriteWarning(ErrorText.Visible(message));
        }
    }

    private void Verbose(string message) => _pump.Post(() => _cmdlet.WriteVerbose(message));

    private void Show(ProgressUpdate update) => _cmdlet.WriteProgress(new ProgressRecord(update.Id, update.Subject, update.Status)
    {
        PercentComplete = update.Percent ?? -1,
        RecordType = update.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });
}
