using LocalZure.Engine.Commands;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class ServiceMonitorTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly TestEngine _engine;

    public ServiceMonitorTests() => _engine = new TestEngine(_time);

    private ServiceMonitor Monitor => new(new HealthChecker(_engine.Reader, _engine.Host, _time), new StatReader(_engine.Runtimes, _engine.Runner, _time), _time);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RunAsync_UnhealthyForThreeChecks_TellsTheChangeAndOneAlertWithItsHistory()
    {
        var container = _engine.AddOurs(TestServices.Desired());
        container.HealthStatus = "healthy";
        var looks = 0;
        _engine.Runtime.After = call =>
        {
            looks += call.Name == "ListContainers" ? 1 : 0;
            container.HealthStatus = looks is >= 3 and < 8 ? "unhealthy" : "healthy";
            return Task.CompletedTask;
        };
        var request = new MonitorRequest { Services = new ServiceQuery(), Interval = Interval, Thresholds = new AlertThresholds { UnhealthyChecks = 3 } };

        var watching = Monitor.RunAsync(request, _engine.Events, default).TakeAsync(5);
        await _time.RunAsync(watching);

        var reports = await watching;
        Assert.Equal(
            ["Healthy", "Unhealthy", "demo was not usable in 3 checks in a row.", "Healthy", "demo is usable again."],
            reports.Select(report => report.Alert?.Message ?? report.Health!.Status.ToString()));
        Assert.Equal(
            Enumerable.Repeat(ServiceHealthStatus.Healthy, 2).Append(ServiceHealthStatus.Unhealthy),
            reports[1].Health!.History.Select(point => point.Status));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0)]
    public async Task RunAsync_ThatCannotBe_IsRefused(int seconds, double cpu)
    {
        var request = new MonitorRequest { Services = new ServiceQuery(), Interval = TimeSpan.FromSeconds(seconds), Thresholds = new AlertThresholds { CpuPercent = cpu } };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => Monitor.RunAsync(request, _engine.Events, default).TakeAsync(1));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
    }
}
