using LocalZure.Engine.Monitoring;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Monitoring;

public sealed class MonitoringTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RingBuffer_MoreThanItsRoom_KeepsTheLatest()
    {
        var buffer = new RingBuffer<int>(3, TimeSpan.FromHours(1));

        for (var i = 1; i <= 7; i++)
        {
            buffer.Add(Start.AddSeconds(i), i);
        }

        Assert.Equal([5, 6, 7], buffer.ToList());
    }

    [Fact]
    public void RingBuffer_OlderThanItsAge_IsDropped()
    {
        var buffer = new RingBuffer<int>(10, TimeSpan.FromSeconds(30));

        buffer.Add(Start, 1);
        buffer.Add(Start.AddSeconds(20), 2);
        buffer.Add(Start.AddSeconds(30), 3);
        Assert.Equal([1, 2, 3], buffer.ToList());
        buffer.Add(Start.AddSeconds(51), 4);

        Assert.Equal([3, 4], buffer.ToList());
    }

    [Fact]
    public void Judge_ValueThatWavers_RaisesOnceAndClearsWellBelow()
    {
        var judge = new AlertJudge("blob", null, new AlertThresholds { CpuPercent = 80 });
        var told = new List<(double, bool)>();
        var history = new List<HealthPoint>();
        foreach (var cpu in new double[] { 79, 81, 79, 82, 73, 71, 79, 80 })
        {
            history.Add(Point(cpu: cpu));
            told.AddRange(judge.Judge(history).Select(alert => (alert.Value, alert.IsCleared)));
        }

        Assert.Equal([(81, false), (71, true), (80, false)], told);
    }

    [Fact]
    public void Judge_ChecksInARow_AreCountedToTheThresholdAndClearedByOneGood()
    {
        var judge = new AlertJudge("blob", "pr42", new AlertThresholds { UnhealthyChecks = 3 });
        var told = new List<string>();
        var history = new List<HealthPoint>();
        foreach (var status in new[] { ServiceHealthStatus.Unhealthy, ServiceHealthStatus.Unhealthy, ServiceHealthStatus.Healthy, ServiceHealthStatus.Unhealthy, ServiceHealthStatus.Stopped, ServiceHealthStatus.Unhealthy, ServiceHealthStatus.Unhealthy, ServiceHealthStatus.Healthy })
        {
            history.Add(Point(status));
            told.AddRange(judge.Judge(history).Select(alert => alert.Message));
        }

        Assert.Equal(["blob (instance pr42) was not usable in 3 checks in a row.", "blob (instance pr42) is usable again."], told);
    }

    [Fact]
    public void Judge_Restarts_AreThoseOfTheHistoryAlone()
    {
        var judge = new AlertJudge("blob", null, new AlertThresholds { Restarts = 2 });

        Assert.Empty(judge.Judge([Point(restarts: 5)]));
        Assert.Empty(judge.Judge([Point(restarts: 5), Point(restarts: 6)]));
        Assert.False(Assert.Single(judge.Judge([Point(restarts: 5), Point(restarts: 6), Point(restarts: 7)])).IsCleared);

        // Made anew: it counts from zero again.
        Assert.Empty(judge.Judge([Point(restarts: 6), Point(restarts: 7), Point(restarts: 0)]));
        Assert.True(Assert.Single(judge.Judge([Point(restarts: 0), Point(restarts: 0)])).IsCleared);
    }

    [Fact]
    public void Judge_NotMeasured_NeitherRaisesNorClears()
    {
        var judge = new AlertJudge("blob", null, new AlertThresholds { MemoryPercent = 90 });

        Assert.Single(judge.Judge([Point(memory: 91)]));
        Assert.Empty(judge.Judge([Point()]));
        Assert.Empty(judge.Judge([Point(memory: 95)]));
    }

    [Theory]
    [InlineData(AlertKind.Memory, 91, 90, ErrorSeverity.High)]
    [InlineData(AlertKind.Memory, 95, 90, ErrorSeverity.Critical)]
    [InlineData(AlertKind.Cpu, 90, 80, ErrorSeverity.Medium)]
    [InlineData(AlertKind.Cpu, 160, 80, ErrorSeverity.High)]
    [InlineData(AlertKind.Latency, 600, 500, ErrorSeverity.Medium)]
    [InlineData(AlertKind.Unhealthy, 3, 3, ErrorSeverity.High)]
    [InlineData(AlertKind.Restarts, 3, 3, ErrorSeverity.High)]
    public void SeverityOf_Kind_IsByHowFar(AlertKind kind, double value, double threshold, ErrorSeverity expected) =>
        Assert.Equal(expected, AlertJudge.SeverityOf(kind, value, threshold));

    [Theory]
    [InlineData(ServiceHealthStatus.Healthy, "Healthy", "Stopped")]
    [InlineData(ServiceHealthStatus.Unhealthy, "Healthy", "Unhealthy", "Starting")]
    [InlineData(ServiceHealthStatus.Starting, "Healthy", "Starting", "Unknown")]
    [InlineData(ServiceHealthStatus.Unknown, "Healthy", "Unknown")]
    [InlineData(ServiceHealthStatus.Stopped, "Stopped", "Stopped")]
    public void Summary_Services_CountForTheWorstThatRuns(ServiceHealthStatus expected, params string[] statuses) =>
        Assert.Equal(expected, Assert.Single(EnvironmentHealthSummary.Of(statuses.Select(status => Health(Enum.Parse<ServiceHealthStatus>(status))))).Status);

    [Theory]
    [InlineData(1, false, ServiceHealthStatus.Unhealthy)]
    [InlineData(0, true, ServiceHealthStatus.Unhealthy)]
    [InlineData(143, false, ServiceHealthStatus.Healthy)]
    public void Summary_ServiceThatHasEnded_CountsWhenItFailed(int exitCode, bool outOfMemory, ServiceHealthStatus expected)
    {
        var ended = Health(ServiceHealthStatus.Stopped) with { Container = new ContainerHealth("exited", false, null, exitCode, null, 0, outOfMemory) };

        Assert.Equal(expected, Assert.Single(EnvironmentHealthSummary.Of([Health(ServiceHealthStatus.Healthy), ended])).Status);
    }

    private static HealthPoint Point(ServiceHealthStatus status = ServiceHealthStatus.Healthy, double? cpu = null, double? memory = null, int restarts = 0) =>
        new() { Time = Start, Status = status, CpuPercent = cpu, MemoryPercent = memory, RestartCount = restarts };

    private static ServiceHealth Health(ServiceHealthStatus status) =>
        new() { Service = "blob", Status = status, Container = new ContainerHealth("running", true, null, null, null, 0, false), CheckedAt = Start };
}
