using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Logs;

/// <summary>Reads the log of one container into a follow, from where an earlier reading has ended.</summary>
internal sealed class ContainerLogPump
{
    private readonly IContainerRuntime _runtime;
    private readonly LogFilter _filter;
    private readonly FollowedService _service;
    private readonly ContainerSummary _container;
    private readonly ResumePoint _point;

    /// <summary>Creates one.</summary>
    public ContainerLogPump(IContainerRuntime runtime, LogFilter filter, FollowedService service, ContainerSummary container)
    {
        _runtime = runtime;
        _filter = filter;
        _service = service;
        _container = container;
        _point = service.PointOf(container.Id);
    }

    /// <summary>Reads to the end of the container's life.</summary>
    /// <param name="query">How to read it when nothing of it was read yet.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task RunAsync(ContainerLogQuery query, CancellationToken cancellationToken)
    {
        // What was written before is read before this log counts as one that says things as they happen.
        var last = await ReadLastAsync(cancellationToken).ConfigureAwait(false);
        var before = _point.Again();
        if (before is not null)
        {
            query = new ContainerLogQuery(Since: _point.Since, Until: query.Until);
        }
        else if (query.Tail == 0 && last is not null)
        {
            _point.BeginAfter(last);
        }
        else if (query.Tail is null)
        {
            _point.BeginAt(query.Since);
        }

        // A bound of nanoseconds may lie between two lines of one tick.
        if (last is null || query.Tail == 0 || last.Timestamp < query.Since)
        {
            _service.Lines.Phase = SourcePhase.Live;
        }

        await foreach (var line in _runtime.ReadLogAsync(_container.Id, query with { Follow = true }, cancellationToken).ConfigureAwait(false))
        {
            if (before?.Contains(line) != true)
            {
                await TakeAsync(line, cancellationToken).ConfigureAwait(false);
            }

            if (_service.Lines.Phase == SourcePhase.CatchingUp && line.Timestamp >= last?.Timestamp)
            {
                _service.Lines.Phase = SourcePhase.Live;
            }
        }
    }

    private async ValueTask TakeAsync(ContainerLogLine line, CancellationToken cancellationToken)
    {
        if (_filter.Takes(line))
        {
            await _service.Lines.WriteAsync(LogEntries.Of(line, _service.Key, _container.Name), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _service.Lines.Pass(line.Timestamp);
        }

        // Afterwards: a line that was not given is read again.
        _point.Read(line);
        _service.Failures = 0;
    }

    private async Task<ContainerLogLine?> ReadLastAsync(CancellationToken cancellationToken)
    {
        ContainerLogLine? last = null;
        await foreach (var line in _runtime.ReadLogAsync(_container.Id, new ContainerLogQuery(Tail: 1), cancellationToken).ConfigureAwait(false))
        {
            last = line;
        }

        return last;
    }
}
