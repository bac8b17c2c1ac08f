using System.Diagnostics;

namespace LocalZure.Benchmarks;

/// <summary>Medians of repeated measurements.</summary>
internal static class Median
{
    /// <summary>The median of some values.</summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Milliseconds that an action took.</summary>
    public static async Task<double> TimeAsync(Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Takes two measurements in turn, so that what else the machine does hits both; one pair before that does not count.</summary>
    public static async Task<(double First, double Second)> OfPairsAsync(int pairs, Func<Task<double>> first, Func<Task<double>> second)
    {
        await first();
        await second();
        List<double> firsts = [];
        List<double> seconds = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            // Who goes first changes too.
            if (pair % 2 == 0)
            {
                firsts.Add(await first());
                seconds.Add(await second());
            }
            else
            {
                seconds.Add(await second());
                firsts.Add(await first());
            }
        }

        return (Of(firsts), Of(seconds));
    }
}
