namespace LocalZure.Engine.Monitoring;

/// <summary>
/// Says when a number crosses a threshold, once: raised at the threshold, cleared only well below it, so that a number that
/// wavers about it is one alert and not many.
/// </summary>
internal sealed class Gauge
{
    // Cleared at nine tenths of the threshold.
    private const double ClearAt = 0.9;

    private readonly double _threshold;
    private readonly double _clearAt;

    /// <summary>Creates one.</summary>
    /// <param name="threshold">Raised from here on.</param>
    /// <param name="counts">Whether the number counts things: then it is cleared when nothing is left to count.</param>
    public Gauge(double threshold, bool counts)
    {
        _threshold = threshold;
        _clearAt = counts ? Math.Min(1, threshold) : threshold * ClearAt;
    }

    /// <summary>Whether it is raised.</summary>
    public bool IsRaised { get; private set; }

    /// <summary>Takes a number in; true when that has raised or cleared it.</summary>
    public bool Take(double value)
    {
        var raised = IsRaised ? value >= _clearAt : value >= _threshold;
        var changed = raised != IsRaised;
        IsRaised = raised;
        return changed;
    }
}
