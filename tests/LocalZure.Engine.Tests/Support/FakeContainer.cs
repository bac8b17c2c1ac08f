using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A container of <see cref="FakeContainerRuntime"/>.</summary>
internal sealed class FakeContainer
{
    private readonly object _gate = new();
    private readonly List<ContainerLogLine> _log = [];
    private string? _name;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<int?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string Id { get; init; }

    public required ContainerSpec Spec { get; init; }

    /// <summary>The id that its image had when it was made.</summary>
    public string ImageId { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    public string Name => _name ?? Spec.Name;

    public ContainerState State { get; set; } = ContainerState.Created;

    public int ExitCode { get; private set; }

    public bool OutOfMemory { get; private set; }

    public string? HealthStatus { get; set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When an earlier life ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    public bool IsRunning => State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;

    /// <summary>Whether its ports are published while it runs; they go first when it ends.</summary>
    public bool HasPorts { get; set; } = true;

    public Task<int?> Ended => IsRunning ? _ended.Task : Task.FromResult<int?>(ExitCode);

    public void Rename(string name) => _name = name;

    /// <summary>Puts it from one state into another; false when it is not in the first.</summary>
    public bool Change(ContainerState from, ContainerState to)
    {
        var matches = State == from;
        State = matches ? to : State;
        return matches;
    }

    public void Start(DateTimeOffset now)
    {
        _ended = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        State = ContainerState.Running;
        StartedAt = now;
    }

    public void End(int exitCode, bool outOfMemory = false)
    {
        State = ContainerState.Exited;
        ExitCode = exitCode;
        OutOfMemory = outOfMemory;
        _ended.TrySetResult(exitCode);
        Changed();
    }

    /// <summary>Somebody has removed it.</summary>
    public void Vanish()
    {
        State = ContainerState.Dead;
        _ended.TrySetResult(null);
        Changed();
    }

    public void Write(string text, DateTimeOffset at = default, bool isError = false)
    {
        lock (_gate)
        {
            _log.Add(new ContainerLogLine(at, isError, text));
        }

        Changed();
    }

    public async IAsyncEnumerable<ContainerLogLine> ReadAsync(ContainerLogQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = Math.Max(0, Lines().Count - (query.Tail ?? int.MaxValue));
        while (true)
        {
            var changed = _changed.Task;
            var goesOn = query.Follow && IsRunning;
            foreach (var line in Lines().Skip(at))
            {
                at++;
                if (!(line.Timestamp < query.Since))
                {
                    yield return line;
                }
            }

            if (!goesOn)
            {
                yield break;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private List<ContainerLogLine> Lines()
    {
        lock (_gate)
        {
            return [.. _log];
        }
    }

    private void Changed() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
