using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Journal;

/// <summary>
/// The one place where what fails is written down: every call of the façade goes through it. A call that succeeds only passes by;
/// one that fails fails as it would have, whether the journal can be written or not.
/// </summary>
internal sealed class FailureRecorder
{
    private readonly ErrorJournal _journal;
    private readonly TimeProvider _time;
    private readonly string _home;
    private readonly Action? _admit;

    /// <summary>Creates one.</summary>
    /// <param name="journal">Where it is written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="home">The LocalZure home, whose refusals are told in words of LocalZure's own wherever they come up.</param>
    /// <param name="admit">Refuses every call by throwing, which is not written down; null refuses none.</param>
    public FailureRecorder(ErrorJournal journal, TimeProvider time, string home, Action? admit = null)
    {
        _journal = journal;
        _time = time;
        _home = home;
        _admit = admit;
    }

    /// <summary>Makes a call and writes down what it throws, and the failures among its outcomes.</summary>
    /// <param name="operation">What it does, for example <c>Start</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">What the caller ends the call with: an end that was asked for is no failure.</param>
    public async Task<T> RunAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        _admit?.Invoke();
        T result;
        try
        {
            result = await call().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var told = Explain(e);
            await RecordAsync(operation, told, cancellationToken).ConfigureAwait(false);
            if (told != e)
            {
                throw told;
            }

            throw;
        }

        await RecordAsync(FailuresOf(operation, result)).ConfigureAwait(false);
        return result;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(string operation, Func<Task> call, CancellationToken cancellationToken) => RunAsync(
        operation,
        async () =>
        {
            await call().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>A stream whose failure is written down. Its elements pass at no cost.</summary>
    /// <inheritdoc cref="RunAsync{T}"/>
    public IAsyncEnumerable<T> Watch<T>(string operation, IAsyncEnumerable<T> stream, CancellationToken cancellationToken)
    {
        _admit?.Invoke();
        return new RecordedStream<T>(this, operation, stream, cancellationToken);
    }

    /// <summary>What was thrown, in words of LocalZure's own where it is a refusal of something in the home.</summary>
    public Exception Explain(Exception failure) => HomeFolder.Explain(_home, failure);

    /// <summary>Writes down what was thrown, unless it is the end that was asked for.</summary>
    public Task RecordAsync(string operation, Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && cancellationToken.IsCancellationRequested
            ? Task.CompletedTask
            : RecordAsync([EntryWriter.Create(failure, operation, null, null, _time.GetUtcNow())]);

    private List<ErrorEntry> FailuresOf<T>(string operation, T result) => result switch
    {
        IReadOnlyList<ServiceOutcome> outcomes => outcomes.Where(outcome => outcome.Error is not null).Select(outcome => EntryWriter.Create(outcome.Error!, operation, outcome.Name, outcome.Instance, _time.GetUtcNow())).ToList(),
        IReadOnlyList<EnvironmentOutcome> outcomes => outcomes.Where(outcome => outcome.Error is not null).Select(outcome => EntryWriter.Create(outcome.Error!, operation, null, outcome.Environment.Name, _time.GetUtcNow())).ToList(),
        _ => [],
    };

    private async Task RecordAsync(List<ErrorEntry> entries)
    {
        entries.RemoveAll(entry => entry.ErrorId == nameof(ErrorCode.Cancelled));
        if (entries.Count == 0)
        {
            return;
        }

        try
        {
            // Not into a home that nothing may be done with.
            _admit?.Invoke();
            await _journal.AppendAsync(entries, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LocalZureException)
        {
            // A full disk or a home that cannot be written is very likely what failed, and is told by the failure itself.
        }
    }
}
