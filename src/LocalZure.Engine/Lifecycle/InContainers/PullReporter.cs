using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Adds up the layers of a pull.</summary>
internal sealed class PullReporter : IProgress<PullProgress>
{
    private readonly string _subject;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly Dictionary<string, (long Current, long Total)> _layers = new(StringComparer.Ordinal);

    /// <summary>Creates one.</summary>
    /// <param name="subject">The container's name.</param>
    /// <param name="events">Told the sums.</param>
    public PullReporter(string subject, IProgress<LifecycleEvent> events)
    {
        _subject = subject;
        _events = events;
    }

    /// <inheritdoc/>
    public void Report(PullProgress value)
    {
        if (value.Layer is { } layer && value is { Current: { } current, Total: { } total and > 0 } && value.Status == "Downloading")
        {
            _layers[layer] = (current, total);
        }

        var done = _layers.Values.Sum(size => size.Current);
        var all = _layers.Values.Sum(size => size.Total);
        _events.Report(all == 0
            ? new StepProgressed(_subject, "Pulling", $"{value.Image}: {value.Status}")
            : new StepProgressed(_subject, "Pulling", $"{value.Image}: {Megabytes(done)} of {Megabytes(all)} MB in {_layers.Count} layers", (int)(100 * done / all)));
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
