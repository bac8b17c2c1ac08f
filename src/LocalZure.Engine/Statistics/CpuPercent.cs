using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Statistics;

/// <summary>The processor share between two measurements, in percent of one processor: 200 is two processors at full load. Pure.</summary>
internal static class CpuPercent
{
    /// <summary>The share of a container, as the docker command line computes it.</summary>
    /// <param name="before">The earlier measurement.</param>
    /// <param name="now">The later one.</param>
    /// <returns>Null when the two are not of the same life of the container: its time began anew.</returns>
    public static double? Of(CpuSample before, CpuSample now)
    {
        if (now.Used < before.Used)
        {
            return null;
        }

        var used = (double)(now.Used - before.Used);
        if (now.System is { } system && before.System is { } systemBefore)
        {
            return system <= systemBefore ? 0 : used / (system - systemBefore) * now.Processors * 100;
        }

        // Windows tells no time of the machine; what passed on the clock, for each processor, stands for it. There the docker
        // command line shows the share of the whole machine, and so does this.
        var passed = (now.ReadAt - before.ReadAt).TotalNanoseconds * now.Processors;
        return passed <= 0 ? 0 : used / passed * 100;
    }

    /// <summary>The share of a tree of processes.</summary>
    /// <param name="before">The earlier measurement.</param>
    /// <param name="now">The later one.</param>
    /// <param name="passed">The time between them.</param>
    public static double Of(ProcessUsage before, ProcessUsage now, TimeSpan passed)
    {
        // By process: one that has ended takes its time with it, which must not be subtracted from that of the others.
        var used = now.CpuTimes.Sum(process => (process.Value - before.CpuTimes.GetValueOrDefault(process.Key)).TotalSeconds);
        return passed <= TimeSpan.Zero ? 0 : Math.Max(0, used) / passed.TotalSeconds * 100;
    }
}
