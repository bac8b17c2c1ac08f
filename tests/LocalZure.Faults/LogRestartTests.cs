using System.Globalization;
using LocalZure.Faults.Support;
using LocalZure.Integration.Tests.Support;
using Xunit.Abstractions;

namespace LocalZure.Faults;

/// <summary>A real daemon that is restarted while the output of what runs in it is followed.</summary>
public sealed class LogRestartTests : IClassFixture<OwnDaemonFixture>
{
    private const string Chatter = "n=0; while :; do n=$((n+1)); echo \"line $n\"; usleep 10000; done";

    private static readonly string[] Services = ["blob", "queue", "table", "redis"];

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly OwnDaemon _daemon;
    private readonly Report _report;

    public LogRestartTests(OwnDaemonFixture fixture, ITestOutputHelper output)
    {
        _daemon = fixture.Daemon;
        _report = new Report(output);
    }

    [OwnDaemonFact]
    [Trait("Form", "full")]
    public async Task Follow_FourServicesOverDaemonRestarts_GivesEveryLineOnceAndInOrder()
    {
        await using var lab = await LogLab.OpenAsync(_daemon.Host);
        foreach (var service in Services)
        {
            await lab.RunAsync(service, Chatter, "--restart", "always");
        }

        var count = 0;
        var follow = Task.Run(() => lab.ReadAsync(request => request with { Follow = true }, _ => Interlocked.Increment(ref count)));
        for (var round = 0; round < Form.Rounds(inShort: 2, inLong: 6); round++)
        {
            await SeeMoreAsync(() => Volatile.Read(ref count));
            await _daemon.RestartAsync(politely: round % 2 == 0);
        }

        await SeeMoreAsync(() => Volatile.Read(ref count));
        foreach (var service in Services)
        {
            await lab.DockerAsync("stop", "--time", "0", lab.Lab.NameOf(service));
        }

        var lines = await follow.WaitAsync(Bound);
        foreach (var service in Services)
        {
            Assert.Equal(await lab.LinesOfAsync(service), lines.Where(line => line.Service == service).Select(line => line.Message));
        }

        var late = lines.Zip(lines.Skip(1)).Count(pair => pair.Second.Timestamp < pair.First.Timestamp);
        _report.Write(string.Create(CultureInfo.InvariantCulture, $"daemon restarted and killed while four services are followed: {lines.Count} lines, each once, {late} out of the order of time"));
        Assert.Equal(0, late);
    }

    private static Task SeeMoreAsync(Func<int> count)
    {
        var goal = count() + 500;
        return Eventually.IsEmptyAsync(() => Task.FromResult<IReadOnlyList<string>>(count() >= goal ? [] : [$"{count()} of {goal} lines"]));
    }
}
