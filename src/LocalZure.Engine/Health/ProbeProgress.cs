namespace LocalZure.Engine.Health;

/// <summary>How far one probe is in a wait for readiness.</summary>
internal sealed class ProbeProgress
{
    private int _passes;

    /// <summary>Creates one.</summary>
    public ProbeProgress(IProbe probe) => Probe = probe;

    /// <summary>The probe.</summary>
    public IProbe Probe { get; }

    /// <summary>Its last result; null when it has none yet.</summary>
    public ProbeResult? Last { get; private set; }

    /// <summary>When it last passed, on the wait's clock; meaningless unless <see cref="HasPassed"/>.</summary>
    public long PassedAt { get; private set; }

    /// <summary>Whether its last look passed.</summary>
    public bool HasPassed => _passes > 0;

    /// <summary>Whether it has passed as often in a row as it must.</summary>
    public bool IsDone => _passes >= Probe.Passes;

    /// <summary>Notes a look. One that fails makes all passes before it void.</summary>
    public void Note(ProbeResult result, long now)
    {
        Last = result;
        PassedAt = now;
        _passes = result.Status == ServiceHealthStatus.Healthy ? _passes + 1 : 0;
    }
}
