using LocalZure.Engine.Events;
using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>Brings what the engine tells to standard error: warnings always, notes on request, progress where it is a terminal.</summary>
internal sealed class Reporter : IProgress<LifecycleEvent>, IDisposable
{
    private readonly ErrorWriter _errors;
    private readonly bool _isVerbose;
    private readonly ProgressThrottle _progress;
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);

    /// <summary>Creates one.</summary>
    /// <param name="errors">Writes warnings.</param>
    /// <param name="status">Shows progress.</param>
    /// <param name="isVerbose">Whether notes are written.</param>
    public Reporter(ErrorWriter errors, StatusLine status, bool isVerbose)
    {
        _errors = errors;
        _isVerbose = isVerbose;
        _progress = new ProgressThrottle(new Dictionary<string, int>(StringComparer.Ordinal), TimeProvider.System, status.Show);
    }

    /// <summary>Why the engine that the user names could not be looked at; null when it could, or none is named.</summary>
    public LocalZureException? Unseen { get; private set; }

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
                Note(EventText.Of(planned));
                break;
            case Degraded degraded:
                Warn(EventText.Of(degraded.Subject, degraded.Message));
                break;
            case Unseen unseen:
                Unseen = unseen.Failure;
                Warn(unseen.Message);
                break;
            case Noted noted:
                Note(EventText.Of(noted.Subject, noted.Message));
                break;
        }
    }

    /// <summary>Writes a warning once.</summary>
    public void Warn(string message)
    {
        lock (_warnings)
        {
            if (!_warnings.Add(message))
            {
                return;
            }
        }

        _errors.Warn(message);
    }

    /// <inheritdoc/>
    public void Dispose() => _progress.Dispose();

    private void Note(string message)
    {
        if (_isVerbose)
        {
            _errors.Note(message);
        }
    }
}
