using System.Collections.Concurrent;
using LocalZure.Engine.Docker;
using LocalZure.Faults.Simulation;
using LocalZure.Faults.Support;
using Xunit.Abstractions;

namespace LocalZure.Faults;

/// <summary>A start and a stop of three services, with every kind of fault at every request that they make.</summary>
public sealed class DaemonFaultTests
{
    // The work is mostly waiting.
    private const int AtOnce = 8;

    /// <summary>One in so many cases is tried in the short form.</summary>
    private const int InShort = 4;

    private static readonly ErrorCode[] Right = [ErrorCode.DockerUnavailable, ErrorCode.DockerApiError];

    private readonly Report _report;

    public DaemonFaultTests(ITestOutputHelper output) => _report = new Report(output);

    [Fact]
    public async Task Start_FaultAtEveryRequest_EndsInTimeWithTheRightErrorAndLeavesNothing()
    {
        var requests = await CountAsync(stop: false);
        static async Task TryAsync(Fault fault, int n, bool sweeps, FaultTally tally)
        {
            await using var faulty = new FaultCase();
            faulty.Daemon.Arm(fault, n);
            var result = await faulty.StartAsync(FaultyDaemon.ShortLimits);
            faulty.Daemon.Disarm();
            tally.Note(fault, faulty.Daemon, result);
            CheckErrors(result);

            // The sweep alone, and the next start alone, must each be enough.
            if (sweeps)
            {
                Assert.Equal(FaultCase.Running(result.Succeeded), await faulty.SweepAsync());
            }

            await CheckRecoveryAsync(faulty);
        }

        var cases = Cases(requests).SelectMany(one => Form.IsLong ? [(one.Fault, one.N, true), (one.Fault, one.N, false)] : new[] { (one.Fault, one.N, one.N % 2 == 0) });
        await TryAllAsync("start", requests, cases, TryAsync);
    }

    [Fact]
    public async Task Stop_FaultAtEveryRequest_EndsInTimeWithTheRightErrorAndLosesNoData()
    {
        var requests = await CountAsync(stop: true);

        await TryAllAsync("stop", requests, Cases(requests).Select(one => (one.Fault, one.N, false)), TryAsync);

        static async Task TryAsync(Fault fault, int n, bool sweeps, FaultTally tally)
        {
            await using var faulty = new FaultCase();
            Assert.Empty((await faulty.StartAsync(new DockerLimits())).Errors);
            faulty.Daemon.Arm(fault, n);
            var result = await faulty.StopAsync(FaultyDaemon.ShortLimits);
            faulty.Daemon.Disarm();
            tally.Note(fault, faulty.Daemon, result);
            CheckErrors(result);

            Assert.Empty(faulty.Daemon.Engine.WithLostData.Select(container => container.Name));
            await CheckRecoveryAsync(faulty);
            Assert.Empty(faulty.Daemon.Engine.WithLostData.Select(container => container.Name));
        }
    }

    // The next start gives all three, the next stop takes them away, and nothing of other people was touched.
    private static async Task CheckRecoveryAsync(FaultCase faulty)
    {
        var started = await faulty.StartAsync(new DockerLimits());
        Assert.Empty(started.Errors.Select(error => $"{error.Code}: {error.Message}"));
        Assert.Equal(FaultCase.AllRunning, faulty.Left(withNotes: false));
        faulty.CheckForeign();

        var stopped = await faulty.StopAsync(new DockerLimits());
        Assert.Empty(stopped.Errors.Select(error => $"{error.Code}: {error.Message}"));
        Assert.Empty(await faulty.SweepAsync());
        faulty.CheckForeign();
    }

    private static void CheckErrors(CallResult result) =>
        Assert.All(result.Errors, error => Assert.True(Right.Contains(error.Code), $"{error.Code}: {error.Message}"));

    private static async Task<int> CountAsync(bool stop)
    {
        await using var faulty = new FaultCase();
        faulty.Daemon.Arm(null, 0);
        Assert.Empty((await faulty.StartAsync(new DockerLimits())).Errors.Select(error => $"{error.Code}: {error.Message}"));
        if (stop)
        {
            faulty.Daemon.Arm(null, 0);
            Assert.Empty((await faulty.StopAsync(new DockerLimits())).Errors.Select(error => $"{error.Code}: {error.Message}"));
        }

        return faulty.Daemon.Count;
    }

    // In the short form every fault, at every request some of them.
    private static IEnumerable<(Fault Fault, int N)> Cases(int requests) => Fault.All.SelectMany((fault, place) =>
        Enumerable.Range(1, requests).Where(n => Form.IsLong || (n + place) % InShort == 0).Select(n => (fault, n)));

    private async Task TryAllAsync(string what, int requests, IEnumerable<(Fault Fault, int N, bool Sweeps)> cases, Func<Fault, int, bool, FaultTally, Task> attempt)
    {
        var tally = new FaultTally();
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
        {
            try
            {
                await attempt(one.Fault, one.N, one.Sweeps, tally);
            }
            catch (Exception e)
            {
                // Kept with its case; all of them fail the test below.
                wrong.Add($"{one.Fault} at request {one.N} of the {what}: {e}");
            }
        });

        foreach (var line in tally.Lines($"{what}, {requests} requests", wrong.Count))
        {
            _report.Write(line);
        }

        Assert.True(wrong.IsEmpty, $"{wrong.Count} cases went wrong:\n{string.Join("\n\n", wrong.Order(StringComparer.Ordinal).Take(12))}");
    }
}
