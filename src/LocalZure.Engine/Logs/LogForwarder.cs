using System.Collections.Concurrent;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;

namespace LocalZure.Engine.Logs;

/// <summary>Hands what services write to the host of the engine, from the moment at which this engine starts them until they or it end.</summary>
internal sealed class LogForwarder : IAsyncDisposable
{
    private readonly IContainerLogSink _sink;
    private readonly Func<FollowPlan, LogFollow> _follow;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _wanted = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private LogFollow? _current;
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Creates one. Nothing is read yet.</summary>
    /// <param name="sink">Takes the lines.</param>
    /// <param name="runtimes">Give the snapshots.</param>
    /// <param name="host">Reads host processes.</param>
    /// <param name="operations">The starts in flight.</param>
    public LogForwarder(IContainerLogSink sink, RuntimeProvider runtimes, HostServices host, OperationRegistry operations)
    {
        _sink = sink;
        _time = host.Time;
        _follow = plan => new LogFollow(runtimes, host, operations, plan, new NoEvents());
    }

    /// <summary>The events of a start, of which each service is forwarded from now on.</summary>
    /// <param name="events">Told as well.</param>
    public IProgress<LifecycleEvent> Watch(IProgress<LifecycleEvent> events) => new WatchedEvents(this, events, _time.GetUtcNow());

    /// <summary>Gives what has come so far, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _isDisposed = true;
            _current?.Finish();
            running = _running;
        }

        await running.ConfigureAwait(false);
    }

    private void Want(string containerName, DateTimeOffset since)
    {
        _wanted.TryAdd(containerName, since);
        lock (_gate)
        {
            // What the sink itself has thrown stays there for the end.
            if (!_isDisposed && _running.IsCompletedSuccessfully)
            {
                _current = _follow(new FollowPlan(key => _wanted.ContainsKey(key.ContainerName), FirstOf, LogFilter.All) { EndsWithItsServices = false });
                _running = Task.Run(() => RunAsync(_current), CancellationToken.None);
            }
        }
    }

    private ContainerLogQuery FirstOf(ServiceKey key) => new(Follow: true, Since: _wanted[key.ContainerName]);

    private async Task RunAsync(LogFollow follow)
    {
        try
        {
            await foreach (var entry in follow.ReadAsync(null, CancellationToken.None).ConfigureAwait(false))
            {
                _sink.Write("localzure.container." + entry.ContainerName, entry);
            }
        }
        catch (LocalZureException e)
        {
            _wanted.Clear();
            _sink.Fail(e);
        }
    }

    private sealed class WatchedEvents(LogForwarder forwarder, IProgress<LifecycleEvent> events, DateTimeOffset since) : IProgress<LifecycleEvent>
    {
        public void Report(LifecycleEvent value)
        {
            if (value is StepPlanned or StepProgressed && value.Subject is { } name)
            {
                forwarder.Want(name, since);
            }

            events.Report(value);
        }
    }

    private sealed class NoEvents : IProgress<LifecycleEvent>
    {
        public void Report(LifecycleEvent value)
        {
        }
    }
}
