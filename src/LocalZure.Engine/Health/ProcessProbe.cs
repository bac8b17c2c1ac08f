namespace LocalZure.Engine.Health;

/// <summary>Looks whether a host process or container runs, and has run for long enough.</summary>
internal sealed class ProcessProbe : LimitedProbe
{
    private readonly TimeSpan _stableFor;
    private readonly ProbedService _service;
    private readonly long _created;

    /// <summary>Creates one.</summary>
    /// <param name="definition">How long it must have run.</param>
    /// <param name="service">A host process or container.</param>
    /// <param name="time">The clock.</param>
    public ProcessProbe(ProcessProbeDefinition definition, ProbedService service, TimeProvider time)
        : base("process", $"process of {service.Name}", definition, time)
    {
        _stableFor = definition.StableFor;
        _service = service;
        _created = time.GetTimestamp();
    }

    /// <inheritdoc/>
    protected override Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        // The end of a container is seen by who waits for it, and what does not run is not probed.
        if (_service.IsRunning is { } isRunning && !isRunning())
        {
            return Task.FromResult(Failed(null, "the process does not run"));
        }

        // A wall clock that is set back must not make it wait for ever.
        var watched = Time.GetElapsedTime(_created);
        var age = Time.GetUtcNow() - _service.StartedAt is { } sinceStart && sinceStart > watched ? sinceStart : watched;
        return Task.FromResult(age >= _stableFor
            ? Passed(null, "the process runs")
            : Failed(null, $"the process runs, but not yet for {_stableFor.TotalMilliseconds:0} ms"));
    }
}
