using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Requests;
using LocalZure.Faults.Support;
using LocalZure.Integration.Tests.Support;
using Xunit.Abstractions;

namespace LocalZure.Faults;

/// <summary>A real daemon that is restarted under what LocalZure does.</summary>
/// <remarks>Alone: two daemons that make networks at the same moment may give both the same addresses.</remarks>
[Collection(Alone.Name)]
[Trait("Runs", "alone")]
public sealed class DaemonRestartTests : IClassFixture<OwnDaemonFixture>
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static readonly ErrorCode[] Right = [ErrorCode.DockerUnavailable, ErrorCode.DockerApiError, ErrorCode.ContainerExited, ErrorCode.ImagePullFailed];

    private readonly OwnDaemon _daemon;
    private readonly Report _report;

    public DaemonRestartTests(OwnDaemonFixture fixture, ITestOutputHelper output)
    {
        _daemon = fixture.Daemon;
        _report = new Report(output);
    }

    [OwnDaemonFact]
    public async Task Restart_WhileServicesRun_IsSeenAtOnceAndTheNextStartBringsThemBack()
    {
        await using var lab = await OpenAsync();
        for (var round = 0; round < Form.Rounds(inShort: 2, inLong: 10); round++)
        {
            var before = await lab.StartAsync();
            await _daemon.RestartAsync(politely: round % 2 == 0);

            var watch = Stopwatch.StartNew();
            var seen = Assert.Single(await lab.GetAsync(includeStopped: true));
            var look = watch.Elapsed;
            var running = await Command.RunAsync("docker", ["--host", _daemon.Host, "inspect", "--format", "{{.State.Running}}", before.ContainerName]);
            Assert.Equal(running == "true", seen.State == ServiceState.Running);
            Assert.Empty(await lab.FindOrphansAsync());
            var after = await lab.StartAsync();

            Assert.Equal(before.ContainerId, after.ContainerId);
            _report.Write(string.Create(CultureInfo.InvariantCulture, $"daemon {(round % 2 == 0 ? "restarted" : "killed and started")} while a service runs: seen as {seen.State} after {look.TotalMilliseconds:0} ms; started again; 0 orphans"));
        }

        await ClearAsync(lab);
    }

    [OwnDaemonFact]
    [Trait("Form", "full")]
    public async Task Restart_WhileOneStarts_EndsWellOrWithTheRightError()
    {
        await using var lab = await OpenAsync();
        Dictionary<string, int> ends = [];
        var unlabelled = 0;
        var rounds = Form.Rounds(inShort: 3, inLong: 30);
        for (var round = 0; round < rounds; round++)
        {
            var step = new[] { "Planned", "Starting", "Waiting" }[round % 3];
            var outcome = Assert.Single(await StartUnderRestartAsync(lab, lab.Request("blob"), step, politely: round % 2 == 0));
            unlabelled += await RemoveUnlabelledVolumeAsync(lab) ? 1 : 0;
            Note(ends, step, outcome, unlabelled > 0 ? [.. Right, ErrorCode.NameConflict] : Right);
            _report.Write($"daemon {(round % 2 == 0 ? "restarted" : "killed and started")} while one starts, at {step}: {outcome.Error?.Message ?? "started"}");

            var next = await lab.StartAsync();
            Assert.Equal(ServiceState.Running, next.State);
            await ClearAsync(lab);
        }

        _report.Write($"daemon restarted while one starts: {rounds} rounds; {string.Join(", ", ends.OrderBy(end => end.Key, StringComparer.Ordinal).Select(end => $"{end.Key} {end.Value}"))}; each next start succeeded, 0 leftovers; {unlabelled} volumes that the daemon has made without their labels");
    }

    [OwnDaemonFact]
    [Trait("Form", "full")]
    public async Task Restart_WhileAnImageIsPulled_EndsWithTheRightError()
    {
        // A registry that takes connections and never says a word.
        using var registry = new TcpListener(IPAddress.Loopback, 0);
        registry.Start();
        await using var lab = await OpenAsync();
        Dictionary<string, int> ends = [];
        var request = lab.Request("blob") with { Image = $"127.0.0.1:{((IPEndPoint)registry.LocalEndpoint).Port}/nothing/here:1" };

        var outcome = Assert.Single(await StartUnderRestartAsync(lab, request, "Pulling", politely: true, registry.AcceptSocketAsync()));

        Note(ends, "Pulling", outcome, Right);
        Assert.NotNull(outcome.Error);
        await ClearAsync(lab);
        _report.Write($"daemon restarted while an image is pulled: {ends.Keys.Single()}; 0 leftovers");
    }

    [OwnDaemonFact]
    public async Task Restart_WhileALogIsFollowed_EndsIt()
    {
        await using var lab = await OpenAsync();
        await lab.StartAsync();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var follow = Task.Run(async () =>
        {
            await foreach (var _ in lab.Engine.ReadLogAsync(new LogRequest { Services = new ServiceQuery { Instance = lab.Instance }, Follow = true }, new RecordedEvents(), CancellationToken.None))
            {
                first.TrySetResult();
            }
        });
        await first.Task.WaitAsync(Eventually.Deadline);

        await _daemon.RestartAsync(politely: false);

        var end = await EndOfAsync(follow.WaitAsync(Bound));
        _report.Write($"daemon killed while a log is followed: {end}");
        await lab.StartAsync();
        await ClearAsync(lab);
    }

    private Task<Lab> OpenAsync() => Lab.OpenAsync(ServiceMode.Docker, _daemon.Host);

    private async Task<IReadOnlyList<ServiceOutcome>> StartUnderRestartAsync(Lab lab, StartRequest request, string step, bool politely, Task? otherSign = null)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var events = new RecordedEvents(onStep: begun =>
        {
            if (begun == step)
            {
                seen.TrySetResult();
            }
        });
        var start = Task.Run(() => lab.Engine.StartAsync(request, events, CancellationToken.None));
        Assert.True(await Task.WhenAny(seen.Task, otherSign ?? seen.Task, start) != start, $"the start ended before '{step}'");
        await _daemon.RestartAsync(politely);
        return await start.WaitAsync(Bound);
    }

    private static void Note(Dictionary<string, int> ends, string step, ServiceOutcome outcome, ErrorCode[] right)
    {
        if (outcome.Error is { } error)
        {
            Assert.True(right.Contains(error.Code), $"{step}: {error.Code}: {error.Message}");
        }

        var end = $"at {step}: {outcome.Error?.Code.ToString() ?? "started"}";
        ends[end] = ends.GetValueOrDefault(end) + 1;
    }

    // Docker notes the labels of a volume after it has made it: a daemon that ends in between has a volume without any when it is
    // back. LocalZure does not touch what has not its label; whoever owns the daemon has to remove it.
    private async Task<bool> RemoveUnlabelledVolumeAsync(Lab lab)
    {
        var name = $"{lab.NameOf("blob")}-data";
        var found = await Command.RunAsync("docker", ["--host", _daemon.Host, "volume", "ls", "--quiet", "--filter", $"name={name}"]);
        if (found.Length == 0 || (await Command.RunAsync("docker", ["--host", _daemon.Host, "volume", "inspect", "--format", "{{json .Labels}}", name])).Contains(lab.Instance, StringComparison.Ordinal))
        {
            return false;
        }

        await Command.RunAsync("docker", ["--host", _daemon.Host, "volume", "rm", name]);
        return true;
    }

    private static async Task<string> EndOfAsync(Task task)
    {
        try
        {
            await task;
            return "ended with the log";
        }
        catch (LocalZureException e)
        {
            Assert.Contains(e.Code, Right);
            return $"{e.Code}";
        }
    }

    private static async Task ClearAsync(Lab lab) => await Eventually.IsEmptyAsync(async () =>
    {
        foreach (var service in await lab.GetAsync(includeStopped: true))
        {
            await lab.StopAsync(service);
        }

        await lab.RemoveOrphansAsync();
        return await lab.LeftoversAsync();
    });
}
