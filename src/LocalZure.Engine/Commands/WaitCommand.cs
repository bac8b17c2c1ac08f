using LocalZure.Engine.Catalog;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Waits until services are healthy, run or do not run, and starts none. Looks again and again; nothing is taken from events, which may be missed.</summary>
internal sealed class WaitCommand
{
    /// <summary>A timer takes 49 days at most.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(30);

    private readonly ServiceReader _reader;
    private readonly HealthChecker _health;
    private readonly TimeProvider _time;
    private readonly Func<string, ServiceDefinition?> _find;
    private readonly ProjectLoader? _projects;

    /// <summary>Creates one.</summary>
    /// <param name="reader">Finds services.</param>
    /// <param name="health">Probes them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="find">Gives the definition of a service; null looks into the catalog.</param>
    /// <param name="projects">Reads projects; null for the catalog alone.</param>
    public WaitCommand(ServiceReader reader, HealthChecker health, TimeProvider time, Func<string, ServiceDefinition?>? find = null, ProjectLoader? projects = null)
    {
        _projects = projects;
        _reader = reader;
        _health = health;
        _time = time;
        _find = find ?? ServiceCatalog.Find;
    }

    /// <summary>Waits.</summary>
    /// <returns>One outcome per service; a time-out is the failure of each that has not come so far.</returns>
    /// <exception cref="LocalZureException">ParameterInvalid, or NameInvalid for a wildcard pattern or an instance that cannot be.</exception>
    public async Task<IReadOnlyList<ServiceOutcome>> RunAsync(WaitRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (request.Timeout <= TimeSpan.Zero || request.Timeout > LongestTimeout)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The time-out must be longer than nothing and not longer than {LongestTimeout.TotalDays} days.");
        }

        var once = new OnceEach(events);
        var find = await FinderAsync(request, cancellationToken).ConfigureAwait(false);
        var waits = request.Services.Select(query => new WaitedServices(query, request.For, find, _time)).ToList();
        var outcomes = await Task.WhenAll(waits.Select(wait => WaitAsync(wait, request.Timeout, once, cancellationToken))).ConfigureAwait(false);
        return outcomes.SelectMany(outcome => outcome).ToList();
    }

    // What the catalog does not have may be a project's own.
    private async Task<Func<string, ServiceDefinition?>> FinderAsync(WaitRequest request, CancellationToken cancellationToken)
    {
        if (_projects is null || request.Configuration is null || request.Services.All(query => query.Names.All(name => _find(name) is not null)))
        {
            return _find;
        }

        var project = await _projects.LoadAsync(request.Configuration, cancellationToken).ConfigureAwait(false);
        return name => _find(name) ?? project.Find(name)?.Definition;
    }

    private async Task<IReadOnlyList<ServiceOutcome>> WaitAsync(WaitedServices waited, TimeSpan timeout, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var began = _time.GetTimestamp();
        try
        {
            while (!await LookAsync(waited, events, ended.Token).ConfigureAwait(false))
            {
                await Task.Delay(ReadinessWaiter.PauseAfter(_time.GetElapsedTime(began)), _time, ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Those that have not come so far say why.
        }

        return waited.Outcomes(timeout);
    }

    // A daemon that is restarting is looked at again.
    private async Task<bool> LookAsync(WaitedServices waited, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            if (waited.For == WaitTarget.Healthy)
            {
                var (observation, services, health) = await _health.LookAsync(waited.Query, events, cancellationToken).ConfigureAwait(false);
                return waited.Note(services, health, observation.DockerFailure);
            }

            var (found, seen) = await _reader.FindAsync(waited.Query, events, cancellationToken).ConfigureAwait(false);
            return waited.Note(found, null, seen.DockerFailure);
        }
        catch (LocalZureException e) when (e.Code is ErrorCode.DockerApiError or ErrorCode.DockerUnavailable)
        {
            waited.NoteTrouble(e);
            return false;
        }
    }
}
