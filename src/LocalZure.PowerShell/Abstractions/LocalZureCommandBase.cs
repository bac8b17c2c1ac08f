using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Presentation;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Errors;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>Runs the engine for a cmdlet: cancellation, streams and errors.</summary>
public abstract class LocalZureCommandBase : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ReporterMemory _memory = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels the engine; the pipeline thread then waits for its clean-up, which is bounded.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet ended in the same moment.
        }
    }

    /// <summary>
    /// Runs work against the engine and writes what it reports. What it throws ends the cmdlet with a terminating error, because
    /// then nothing that was asked for can succeed; what concerns one item it reports.
    /// </summary>
    /// <param name="target">What the user passed, for a terminating error.</param>
    /// <param name="work">The work. Runs on the thread pool: it must not touch the cmdlet.</param>
    private protected void Run(object? target, Func<LocalZureEngine, PipelineReporter, CancellationToken, Task> work)
    {
        using var pump = new PipelinePump();
        using var reporter = new PipelineReporter(this, pump, _memory);
        Exception? failure = null;
        try
        {
            pump.Run(async token => failure = await AttemptAsync(work, reporter, token).ConfigureAwait(false), _stop);
        }
        finally
        {
            reporter.Complete();
        }

        if (failure is not null)
        {
            Throw(failure, target);
        }
    }

    /// <summary>The value of a parameter; null when it is absent. Ends the cmdlet when the value cannot be.</summary>
    /// <param name="argument">What was given.</param>
    /// <param name="parameter">The parameter's name.</param>
    private protected T? Read<T>(Argument<T>? argument, string parameter)
        where T : struct
    {
        try
        {
            return argument?.Read(parameter);
        }
        catch (LocalZureException e)
        {
            Fail(e, null);
            throw;
        }
    }

    /// <summary>Ends the cmdlet with a terminating error.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="target">What the user passed, unless the failure names a service of its own; null when it concerns the call as a whole.</param>
    private protected void Fail(Exception failure, object? target)
    {
        using (var pump = new PipelinePump())
        using (var reporter = new PipelineReporter(this, pump, _memory))
        {
            // What the engine has thrown it has noted itself. Whether this can be noted or not, it is the failure that counts.
            pump.Run(token => AttemptAsync((engine, _, cancel) => engine.RecordFailureAsync(MyInvocation.MyCommand.Name, failure, cancel), reporter, token), _stop);
            reporter.Complete();
        }

        Throw(failure, target);
    }

    private void Throw(Exception failure, object? target)
    {
        var record = ErrorRecords.From(failure, (failure as LocalZureException)?.Service ?? target);
        if (this.StopsOnErrors())
        {
            // A terminating error ends the statement only, whatever -ErrorAction says; this ends the script, as -ErrorAction Stop promises.
            WriteError(record);
        }

        ThrowTerminatingError(record);
    }

    /// <summary>Asks as <see cref="Cmdlet.ShouldProcess(string, string)"/> does, and says what to do where nobody can be asked.</summary>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">How.</param>
    private protected bool IsAllowed(string target, string action)
    {
        try
        {
            return ShouldProcess(target, action);
        }
        catch (PSInvalidOperationException)
        {
            // pwsh -NonInteractive cannot ask.
            Fail(ServiceText.Unasked(ServiceText.ChangeOf(target, action)), target);
            return false;
        }
    }

    // Kept apart from what the pump throws: an exception of a write belongs to PowerShell and must pass untouched.
    private static async Task<Exception?> AttemptAsync(
        Func<LocalZureEngine, PipelineReporter, CancellationToken, Task> work, PipelineReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            var lease = EngineProvider.Acquire();
            await using (lease.ConfigureAwait(false))
            {
                await work(lease.Engine, reporter, cancellationToken).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return e;
        }
    }
}
