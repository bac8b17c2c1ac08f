using System.Collections.Concurrent;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Follows over restarts, output that is awkward, and what is left of a failed start.</summary>
public sealed class LogFollowTests
{
    private const string Ticks = "n=0; while :; do n=$((n+1)); echo \"life $(cat /proc/sys/kernel/random/uuid) line $n\"; usleep 2000; done";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Follow_ContainerIsRestarted_GivesEachLineOnce()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", Ticks);
        var count = 0;
        var follow = Task.Run(() => lab.ReadAsync(request => request with { Follow = true }, _ => Interlocked.Increment(ref count)));
        for (var restart = 1; restart <= 2; restart++)
        {
            await SeenAsync(() => Volatile.Read(ref count), restart * 200);
            await lab.DockerAsync("restart", "--time", "0", lab.Lab.NameOf("blob"));
        }

        await SeenAsync(() => Volatile.Read(ref count), 700);
        await lab.DockerAsync("stop", "--time", "0", lab.Lab.NameOf("blob"));

        var lines = await follow.WaitAsync(Patience);
        Assert.Equal(await lab.LinesOfAsync("blob"), lines.Select(line => line.Message));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Follow_RestartPolicy_GivesEveryLife()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "for n in 1 2 3; do echo \"line $n\"; usleep 100000; done; exit 1", "--restart", "on-failure:3");

        var lines = await lab.ReadAsync(request => request with { Follow = true }).WaitAsync(Patience);

        Assert.Equal(Enumerable.Repeat<string[]>(["line 1", "line 2", "line 3"], 4).SelectMany(life => life), lines.Select(line => line.Message));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Follow_ContainerIsMadeAnew_GoesOnWithTheNewOneWhole()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "echo old; exec sleep 600");
        ConcurrentQueue<string> seen = new();
        var follow = Task.Run(() => lab.ReadAsync(request => request with { Follow = true, Tail = 5 }, line => seen.Enqueue(line.Message)));
        await SeenAsync(() => seen.Count, 1);

        await lab.DockerAsync("rm", "--force", lab.Lab.NameOf("blob"));
        await lab.RunAsync("blob", "for n in 1 2 3 4 5 6 7; do echo \"new $n\"; done; exec sleep 1");

        Assert.Equal(["old", "new 1", "new 2", "new 3", "new 4", "new 5", "new 6", "new 7"], (await follow.WaitAsync(Patience)).Select(line => line.Message));
    }

    [Theory, InDocker, OnHost]
    public async Task Follow_ServiceIsRestarted_GoesOn(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        ConcurrentQueue<string> seen = new();
        var follow = Task.Run(async () =>
        {
            await foreach (var line in lab.Engine.ReadLogAsync(new LogRequest { Services = new ServiceQuery { Names = ["blob"], Instance = lab.Instance }, Follow = true }, new RecordedEvents(), CancellationToken.None))
            {
                seen.Enqueue(line.Message);
            }
        });
        await SeenAsync(() => Listens(seen), 1);

        Assert.Null(Assert.Single(await lab.Engine.RestartAsync(new RestartRequest { Services = [service] }, new RecordedEvents(), CancellationToken.None)).Error);
        await SeenAsync(() => Listens(seen), 2);
        await lab.StopAsync(Assert.Single(await lab.GetAsync()));

        await follow.WaitAsync(Patience);
        Assert.Equal(2, Listens(seen));
    }

    [DockerFact]
    public async Task Read_Terminal_HasNoFrames()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "echo 'ü😀'; echo err >&2; printf 'no end'", "--tty");
        await lab.WaitAsync("blob");

        Assert.Equal([("stdout", "ü😀"), ("stdout", "err"), ("stdout", "no end")], (await lab.ReadAsync()).Select(line => (line.Stream, line.Message)));
        Assert.Equal(["ü😀", "err", "no end"], (await lab.ReadAsync(request => request with { Follow = true })).Select(line => line.Message));
    }

    [DockerFact]
    public async Task Read_CharacterThatIsWrittenInTwoParts_IsWhole()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", @"printf '\303'; usleep 300000; printf '\274 \360\237'; usleep 300000; printf '\230\200\n'");

        Assert.Equal(["ü 😀"], (await lab.ReadAsync(request => request with { Follow = true }).WaitAsync(Patience)).Select(line => line.Message));
    }

    [DockerFact]
    public async Task Read_LineOfFiveMebibytes_ComesInPartsThatSaySo()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "head -c 5242880 /dev/zero | tr '\\0' x; echo; echo end");
        await lab.WaitAsync("blob");

        var lines = await lab.ReadAsync();

        Assert.Equal(new string('x', 5 * 1024 * 1024), string.Concat(lines.SkipLast(1).Select(line => line.Message)));
        Assert.Equal([true, true, true, true, true, false, false], lines.Select(line => line.IsPartial));
        Assert.All(lines, line => Assert.InRange(line.Message.Length, 1, 1024 * 1024));
        Assert.Equal("end", lines[^1].Message);
    }

    [DockerFact]
    public async Task Read_BinaryOutput_IsReadToItsEnd()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "head -c 262144 /dev/urandom; echo; echo end");
        await lab.WaitAsync("blob");

        Assert.Equal("end", (await lab.ReadAsync())[^1].Message);
        Assert.Equal(["end"], (await lab.ReadAsync(request => request with { Pattern = "^end$" })).Select(line => line.Message));
    }

    [DockerFact]
    public async Task Read_StreamAndUntil_LeaveOutTheRest()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "echo out; usleep 50000; echo err >&2; usleep 50000; echo last");
        await lab.WaitAsync("blob");
        var all = await lab.ReadAsync();

        Assert.Equal(["err"], (await lab.ReadAsync(request => request with { Stream = LogStream.Stderr })).Select(line => line.Message));
        Assert.Equal(["out", "err"], (await lab.ReadAsync(request => request with { Until = all[1].Timestamp })).Select(line => line.Message));
        Assert.Equal(["err"], (await lab.ReadAsync(request => request with { Since = all[1].Timestamp, Until = all[1].Timestamp, Follow = true })).Select(line => line.Message));
    }

    [DockerFact]
    public async Task Read_LogDriverThatKeepsNothing_SaysSo()
    {
        await using var lab = await LogLab.OpenAsync();
        await lab.RunAsync("blob", "echo lost; exec sleep 600", "--log-driver", "none");

        foreach (var follow in new[] { false, true })
        {
            var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.ReadAsync(request => request with { Follow = follow }).WaitAsync(Patience));
            Assert.Contains("its log driver keeps nothing that can be read", error.Message, StringComparison.Ordinal);
            Assert.Contains("json-file", error.Remedy, StringComparison.Ordinal);
        }
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Read_FailedStart_GivesWhatItHasWrittenUntilTheNextStart()
    {
        await using var lab = await LogLab.OpenAsync();
        var error = await lab.Lab.FailToStartAsync(lab.Lab.Request("blob") with { Image = Requirements.BusyboxImage });

        var lines = await lab.ReadAsync(request => request with { Services = request.Services with { Names = ["blob"] } });

        Assert.Equal(ErrorCode.ContainerExited, error.Code);
        Assert.Equal(error.Evidence, lines.Select(line => line.Message));
        Assert.Contains(lines, line => line.Stream == "stderr" && line.Message.EndsWith("azurite-blob: not found", StringComparison.Ordinal));
        Assert.Empty(await lab.Lab.LeftoversAsync());

        var service = await lab.Lab.StartAsync();
        Assert.DoesNotContain(await lab.ReadAsync(), line => line.Message.EndsWith("azurite-blob: not found", StringComparison.Ordinal));
        await lab.Lab.StopAsync(service);
        Assert.Empty(await lab.ReadAsync());
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task ContainerLogs_StartedService_IsForwardedToItsEnd(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var sink = new RecordedSink();
        var engine = lab.NewEngine(lab.Options with { ContainerLogs = sink });

        var service = await lab.StartAsync(lab.Request("blob"), engine);
        await SeenAsync(() => Listens(sink.Messages), 1);
        await lab.StopAsync(service, keep: true);
        await SeenAsync(() => sink.Messages.Count(line => line.Contains("successfully closed", StringComparison.Ordinal)), 1);

        Assert.Equal([$"localzure.container.{service.ContainerName}"], sink.Categories.Distinct());
        Assert.Equal(1, Listens(sink.Messages));
    }

    private static int Listens(IEnumerable<string> lines) => lines.Count(line => line.Contains("Azurite Blob service successfully listens", StringComparison.Ordinal));

    private static Task SeenAsync(Func<int> count, int atLeast) => Eventually.IsEmptyAsync(() => Task.FromResult<IReadOnlyList<string>>(count() >= atLeast ? [] : [$"{count()} lines instead of {atLeast}"]));

    private sealed class RecordedSink : IContainerLogSink
    {
        public ConcurrentQueue<string> Categories { get; } = new();

        public ConcurrentQueue<string> Messages { get; } = new();

        public void Write(string category, LogEntry line)
        {
            Categories.Enqueue(category);
            Messages.Enqueue(line.Message);
        }

        public void Fail(LocalZureException failure) => Messages.Enqueue(failure.Message);
    }
}
