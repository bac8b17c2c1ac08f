using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Statistics;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Statistics;

public sealed class CpuPercentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    // The docker command line: (total - pretotal) / (system - presystem) * online CPUs * 100.
    [Theory]
    [InlineData(1_000_000_000, 2_000_000_000, 2, 100)]
    [InlineData(2_000_000_000, 2_000_000_000, 2, 200)]
    [InlineData(0, 2_000_000_000, 2, 0)]
    [InlineData(500_000_000, 4_000_000_000, 4, 50)]
    [InlineData(500_000_000, 0, 4, 0)]
    public void Of_Container_IsAsTheDockerCommandLineComputesIt(long used, long system, int processors, double expected) =>
        Assert.Equal(expected, CpuPercent.Of(new CpuSample(Start, 5_000, 7_000, processors), new CpuSample(Start.AddSeconds(1), 5_000 + (ulong)used, 7_000 + (ulong)system, processors)));

    [Fact]
    public void Of_ContainerThatBeganAnew_IsNotKnown() =>
        Assert.Null(CpuPercent.Of(new CpuSample(Start, 5_000, 7_000, 2), new CpuSample(Start.AddSeconds(1), 10, 9_000, 2)));

    [Fact]
    public void Of_WithoutTimeOfTheMachine_GoesByTheClock() =>
        Assert.Equal(25, CpuPercent.Of(new CpuSample(Start, 0, null, 4), new CpuSample(Start.AddSeconds(2), 2_000_000_000, null, 4)));

    [Fact]
    public void Of_Processes_CountsNewOnesWholeAndEndedOnesNot()
    {
        var before = Usage((1, 10), (2, 50));
        var now = Usage((1, 10.5), (3, 0.25));

        Assert.Equal(75, CpuPercent.Of(before, now, TimeSpan.FromSeconds(1)));
    }

    private static ProcessUsage Usage(params (int Pid, double Seconds)[] processes) =>
        new() { CpuTimes = processes.ToDictionary(process => new ProcessIdentity(process.Pid, "1"), process => TimeSpan.FromSeconds(process.Seconds)) };
}
