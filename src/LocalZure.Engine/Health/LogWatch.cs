using LocalZure.Engine.Support;

namespace LocalZure.Engine.Health;

/// <summary>
/// Looks through a service's output since its start, once for all lines that somebody waits for. It keeps no more of it than
/// the lines that matched and the last one, and opens nothing when there is nothing to look for.
/// </summary>
internal sealed class LogWatch : IAsyncDisposable
{
    /// <summary>Between the end of a log, or a failure to read it, and the next try.</summary>
    private static readonly TimeSpan ReopenPause = TimeSpan.FromMilliseconds(250);

    private const int LongestShown = 200;

    private readonly ProbedService _service;
    private readonly Dictionary<string, Expectation> _expected;
    private readonly List<UserPattern> _terminal;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<string> _terminalLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private volatile string? _last;
    private volatile string? _problem;

    /// <summary>Creates one.</summary>
    /// <param name="service">The service.</param>
    /// <param name="expected">Regular expressions of the lines that are waited for.</param>
    /// <param name="terminal">Regular expressions of the lines after which waiting is pointless.</param>
    /// <param name="follows">Whether to go on with what comes, or end with what is there.</param>
    /// <param name="time">The clock.</param>
    public LogWatch(ProbedService service, IEnumerable<string> expected, IEnumerable<string> terminal, bool follows, TimeProvider time)
    {
        _service = service;
        _expected = expected.Distinct(StringComparer.Ordinal).ToDictionary(pattern => pattern, pattern => new Expectation(new UserPattern(pattern)), StringComparer.Ordinal);
        _terminal = terminal.Select(pattern => new UserPattern(pattern)).ToList();
        _time = time;
        Follows = follows;
    }

    /// <summary>Whether it goes on with what comes.</summary>
    public bool Follows { get; }

    /// <summary>Completes when there is nothing more to look for or, unless it follows, to read.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Completes with the first terminal line.</summary>
    public Task<string> TerminalLine => _terminalLine.Task;

    /// <summary>Begins to read.</summary>
    public void Begin() => Reading = IsDone ? Task.CompletedTask : Task.Run(() => ReadAsync(_stop.Token), CancellationToken.None);

    /// <summary>Completes with the line that an expected pattern has matched.</summary>
    public Task<string> LineFor(string pattern) => _expected[pattern].Line.Task;

    /// <summary>Why an expected pattern cannot be matched; null when it can, as far as is known.</summary>
    public string? ProblemOf(string pattern) => _expected.GetValueOrDefault(pattern)?.Pattern.Problem;

    /// <summary>What there is instead of the line, for a message: why the log cannot be read, or its last line.</summary>
    public string Describe() => (_problem, _last) switch
    {
        ({ } problem, _) => $"; the log cannot be read: {problem}",
        (_, { } last) => $"; the last line is '{Shown(last)}'",
        _ => "; nothing was written yet",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await Reading.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was stopped, as asked.
        }

        _stop.Dispose();
    }

    private bool IsDone =>
        _terminal.TrueForAll(pattern => pattern.Problem is not null)
        && _expected.Values.All(expectation => expectation.Line.Task.IsCompleted || expectation.Pattern.Problem is not null);

    private static string Shown(string line)
    {
        var clean = SecretSanitizer.Sanitize(line).Trim();
        return clean.Length > LongestShown ? clean[..LongestShown] + "…" : clean;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await foreach (var line in _service.ReadLog(Follows, cancellationToken).ConfigureAwait(false))
                {
                    // A log that is read faster than it asks for more is not asked whether it should stop.
                    cancellationToken.ThrowIfCancellationRequested();
                    _problem = null;
                    Look(line.Text);
                    if (IsDone)
                    {
                        return;
                    }
                }
            }
            catch (LocalZureException e)
            {
                // "configured logging driver does not support reading", or the engine is restarting.
                _problem = e.Message;
            }

            if (!Follows)
            {
                return;
            }

            await Task.Delay(ReopenPause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Look(string text)
    {
        foreach (var expectation in _expected.Values)
        {
            if (!expectation.Line.Task.IsCompleted && expectation.Pattern.Matches(text))
            {
                expectation.Line.TrySetResult(Shown(text));
            }
        }

        if (!_terminalLine.Task.IsCompleted && _terminal.Exists(pattern => pattern.Matches(text)))
        {
            _terminalLine.TrySetResult(Shown(text));
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            _last = text;
        }
    }

    private sealed record Expectation(UserPattern Pattern)
    {
        public TaskCompletionSource<string> Line { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
