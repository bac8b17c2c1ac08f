using System.Diagnostics;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

/// <summary>Logs of the daemon of this machine.</summary>
[Trait("Needs", "engine")]
public sealed class RealDaemonLogTests : IClassFixture<DockerDaemonFixture>
{
    private readonly DockerDaemonFixture _daemon;

    public RealDaemonLogTests(DockerDaemonFixture daemon)
    {
        _daemon = daemon;
    }

    private static CancellationToken None => CancellationToken.None;

    [DockerFact]
    public async Task ReadLog_BothStreams_AreToldApart()
    {
        var id = await _daemon.StartAsync("echo out; echo err >&2; printf 'a\\r\\nb\\n\\nlast'");
        await _daemon.Runtime.WaitForExitAsync(id, None);

        var lines = await _daemon.ReadAllAsync(id);

        Assert.Equal(["err"], lines.Where(line => line.IsError).Select(line => line.Text));
        Assert.Equal(["out", "a", "b", "", "last"], lines.Where(line => !line.IsError).Select(line => line.Text));
        Assert.All(lines, line => Assert.InRange(DateTimeOffset.UtcNow - line.Timestamp, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(5)));
    }

    [DockerFact]
    public async Task ReadLog_LineOf100Kilobytes_IsOneLine()
    {
        var id = await _daemon.StartAsync("dd if=/dev/zero bs=1000 count=100 2>/dev/null | tr '\\0' a; echo; dd if=/dev/zero bs=16384 count=2 2>/dev/null | tr '\\0' b; echo; echo end");
        await _daemon.Runtime.WaitForExitAsync(id, None);

        var lines = await _daemon.ReadAllAsync(id);

        Assert.Equal([new string('a', 100_000), new string('b', 32_768), "end"], lines.Select(line => line.Text));
    }

    [DockerFact]
    public async Task ReadLog_Restarted_KeepsAnUnfinishedLineApart()
    {
        var id = await _daemon.StartAsync("printf unfinished");
        await _daemon.Runtime.WaitForExitAsync(id, None);
        await _daemon.Runtime.StartContainerAsync(id, None);
        await _daemon.Runtime.WaitForExitAsync(id, None);

        var lines = await _daemon.ReadAllAsync(id);

        // Podman's log cannot be told from one long line in two pieces.
        Assert.Equal(_daemon.IsPodman ? ["unfinishedunfinished"] : ["unfinished", "unfinished"], lines.Select(line => line.Text));
    }

    [DockerFact]
    public async Task ReadLog_Terminal_HasNoFramesAndOneLinePerLine()
    {
        var name = _daemon.NewName();
        await DockerCommand.RunAsync("run", "-t", "--name", name, "--label", _daemon.RunLabel, DockerTestImage.Name, "/bin/sh", "-c", "dd if=/dev/zero bs=1000 count=40 2>/dev/null | tr '\\0' a; echo; echo end");

        var lines = await _daemon.ReadAllAsync(name);

        Assert.Equal(2, lines.Count);
        Assert.Equal("end", lines[1].Text);
        if (!_daemon.IsPodman)
        {
            // Podman cuts a terminal's long lines anywhere and puts a time there, which cannot be told from text.
            Assert.Equal(new string('a', 40_000), lines[0].Text);
        }

        Assert.True((await _daemon.Runtime.InspectContainerAsync(name, None))!.Tty);
    }

    [DockerFact]
    public async Task ReadLog_TailSinceUntil_SelectLines()
    {
        var id = await _daemon.StartAsync("for i in $(seq 1 9); do echo $i; done");
        await _daemon.Runtime.WaitForExitAsync(id, None);
        var all = await _daemon.ReadAllAsync(id);

        var tail = await _daemon.ReadAllAsync(id, new ContainerLogQuery(Tail: 2));
        var none = await _daemon.ReadAllAsync(id, new ContainerLogQuery(Tail: 0));
        var since = await _daemon.ReadAllAsync(id, new ContainerLogQuery(Since: all[6].Timestamp));
        var until = await _daemon.ReadAllAsync(id, new ContainerLogQuery(Until: all[0].Timestamp.AddSeconds(-1)));

        Assert.Equal(["8", "9"], tail.Select(line => line.Text));
        Assert.Empty(none);
        Assert.Equal(all.Where(line => line.Timestamp >= all[6].Timestamp), since);
        Assert.Empty(until);
    }

    [DockerFact]
    public async Task ReadLog_Follow_GivesLinesAsTheyComeAndEndsWithTheContainer()
    {
        var id = await _daemon.StartAsync("echo first; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo second");
        var lines = new List<string>();

        await foreach (var line in _daemon.Runtime.ReadLogAsync(id, new ContainerLogQuery(Follow: true), None))
        {
            lines.Add(line.Text);
            if (line.Text == "first")
            {
                await DockerCommand.RunAsync("exec", id, "/bin/sh", "-c", "echo > /tmp/go");
            }
        }

        Assert.Equal(["first", "second"], lines);
    }

    [DockerFact]
    public async Task ReadLog_FollowOfARemovedContainer_EndsQuietly()
    {
        var id = await _daemon.StartAsync("echo first; exec sleep 600");
        var lines = new List<string>();

        await foreach (var line in _daemon.Runtime.ReadLogAsync(id, new ContainerLogQuery(Follow: true), None))
        {
            lines.Add(line.Text);
            await _daemon.Runtime.RemoveContainerAsync(id, None);
        }

        Assert.Equal(["first"], lines);
    }

    [DockerFact]
    public async Task ReadLog_FollowOfASilentContainerCancelled_EndsAtOnce()
    {
        var id = await _daemon.StartAsync("echo first; exec sleep 600");
        using var cancel = new CancellationTokenSource();
        var watch = new Stopwatch();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var line in _daemon.Runtime.ReadLogAsync(id, new ContainerLogQuery(Follow: true), cancel.Token))
            {
                cancel.CancelAfter(TimeSpan.FromMilliseconds(50));
                watch.Start();
            }
        });

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [DockerFact]
    public async Task ReadLog_LeftEarly_LeavesTheConnectionUsable()
    {
        var id = await _daemon.StartAsync("yes | head -n 20000; exec sleep 600");

        for (var i = 0; i < 5; i++)
        {
            await foreach (var line in _daemon.Runtime.ReadLogAsync(id, new ContainerLogQuery(Follow: true), None))
            {
                break;
            }
        }

        Assert.NotNull(await _daemon.Runtime.InspectContainerAsync(id, None));
    }
}
