using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

public sealed class NodeLogWriterTests
{
    [NodeFact]
    public async Task Write_EveryKind_BecomesLinesOfItsStream()
    {
        await using var host = new HostProcessFixture();

        var before = TimeProvider.System.GetUtcNow();
        var lines = await RunAsync(
            host,
            """
            console.log('one %s', 'ü😀');
            console.error('two\r');
            const emoji = Buffer.from('😀|\n');
            process.stdout.write(emoji.subarray(0, 2));
            process.stdout.write(emoji.subarray(2));
            process.stdout.write('aGV4Cg==', 'base64', () => console.log('callback'));
            process.stdout.write(new Uint8Array([97, 10, 10, 98]));
            if (process.stdout.write('no end') !== true) { process.exit(9); }
            """);

        Assert.Equal(
            [("out", "one ü😀"), ("err", "two"), ("out", "😀|"), ("out", "hex"), ("out", "a"), ("out", ""), ("out", "bno endcallback")],
            lines.Select(line => (line.IsError ? "err" : "out", line.Text)));
        Assert.All(lines, line => Assert.InRange(line.Timestamp, before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow()));
        Assert.Equal(0, host.Runner.ReadExitCode(host.Logs));
    }

    [NodeFact]
    public async Task Exit_WithoutLineEnd_KeepsTheLineAndTheCode()
    {
        await using var host = new HostProcessFixture();

        var lines = await RunAsync(host, "process.stdout.write('a\\nhalf'); process.stderr.write('other'); process.exit(7)");

        Assert.Equal(["a", "half", "other"], lines.Select(line => line.Text));
        Assert.Equal(7, host.Runner.ReadExitCode(host.Logs));
    }

    [NodeFact]
    public async Task Crash_UncaughtError_IsReadOnceWithItsStack()
    {
        await using var host = new HostProcessFixture();

        var lines = await RunAsync(host, "console.log('up'); setTimeout(() => { throw new Error('boom'); }, 1)");

        Assert.Equal("up", lines[0].Text);
        Assert.Single(lines, line => line.IsError && line.Text == "Error: boom");
        Assert.Contains(lines, line => line.IsError && line.Text.StartsWith("    at ", StringComparison.Ordinal));
        Assert.Equal(1, host.Runner.ReadExitCode(host.Logs));
    }

    [NodeFact]
    public async Task Crash_BeforeTheProgramRuns_IsInTheLog()
    {
        await using var host = new HostProcessFixture();

        var lines = await RunAsync(host, "this is no script");

        Assert.Contains(lines, line => line.IsError && line.Text.StartsWith("SyntaxError", StringComparison.Ordinal));
        Assert.Equal(1, host.Runner.ReadExitCode(host.Logs));
    }

    [NodeFact]
    public async Task Children_WithInheritedOptions_WriteThroughTheParentAndLeaveItsExitCode()
    {
        await using var host = new HostProcessFixture();

        var lines = await RunAsync(
            host,
            """
            const { fork } = require('child_process');
            if (process.argv[2] === 'child') { console.log('child'); process.exit(4); }
            const child = fork(__filename, ['child'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
            child.stdout.pipe(process.stdout);
            child.on('close', code => console.log('code ' + code));
            """);

        Assert.Equal(["child", "code 4"], lines.Select(line => line.Text));
        Assert.Equal(0, host.Runner.ReadExitCode(host.Logs));
    }

    [NodeFact]
    public async Task Worker_Output_IsInTheLog()
    {
        await using var host = new HostProcessFixture();

        var lines = await RunAsync(
            host,
            """
            const { Worker, isMainThread } = require('worker_threads');
            if (isMainThread) { new Worker(__filename).on('exit', () => console.log('end')); } else { console.log('worker'); }
            """);

        Assert.Equal(["worker", "end"], lines.Select(line => line.Text));
    }

    [NodeFact]
    public async Task Rotation_UnderLoadWithAFollower_EveryLineIsReadOnceAndInOrder()
    {
        const int count = 60_000;
        await using var host = new HostProcessFixture();
        var process = await host.NodeAsync(
            $$"""
            const fs = require('fs');
            const ahead = 10000; // lines, less than what five files hold, so that no line is gone before it is read
            let i = 0;
            (function more() {
              const read = fs.existsSync('read') ? Number(fs.readFileSync('read', 'utf8')) : -ahead;
              for (let n = 0; n < 200 && i < {{count}} && i - read < ahead; n++, i++) { console.log('line ' + i + ' ' + 'x'.repeat(i % 90)); }
              if (i < {{count}}) { setTimeout(more, 1); }
            })();
            """,
            new Dictionary<string, string> { [NodeLogWriter.SizeVariable] = "262144" });

        var read = host.Folder.File("work", "read");
        await File.WriteAllTextAsync(read, "0");
        var next = 0;
        await foreach (var line in Reader(host).ReadAsync(new ContainerLogQuery(Follow: true), () => host.Runner.IsRunning(process), default))
        {
            Assert.Equal($"line {next} {new string('x', next % 90)}", line.Text);
            if (++next % 1000 == 0)
            {
                await File.WriteAllTextAsync(read + ".new", next.ToString(CultureInfo.InvariantCulture));
                File.Move(read + ".new", read, overwrite: true);
            }
        }

        Assert.Equal(count, next);
        Assert.Equal(
            ["exit-code", "node-log-writer.cjs", "output.1.log", "output.2.log", "output.3.log", "output.4.log", "output.log", "output.raw.log", "process"],
            Directory.GetFiles(host.Logs).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(host.Logs, "output.?.log"), file => Assert.InRange(new FileInfo(file).Length, 262144, 262144 + 200));
    }

    [NodeFact]
    public async Task Restart_SameFolder_GoesOnWithTheSeries()
    {
        await using var host = new HostProcessFixture();
        await RunAsync(host, "console.log('first')");

        var lines = await RunAsync(host, "console.log('second')");

        Assert.Equal(["first", "second"], lines.Select(line => line.Text));
    }

    [NodeFact(LinuxOnly = true)] // for /dev/full
    public async Task FullDisk_Log_DoesNotEndTheProgram()
    {
        await using var host = new HostProcessFixture();
        Directory.CreateDirectory(host.Logs);
        File.CreateSymbolicLink(HostLogFiles.Current(host.Logs), "/dev/full");

        var process = await host.NodeAsync("for (let i = 0; i < 5; i++) { console.log('x'); } require('fs').writeFileSync('done', 'yes'); process.exit(3)");
        await host.ExitAsync(process);

        Assert.Equal("yes", await File.ReadAllTextAsync(host.Folder.File("work", "done")));
        Assert.Equal(3, host.Runner.ReadExitCode(host.Logs));
        var note = Assert.Single((await File.ReadAllLinesAsync(HostLogFiles.Raw(host.Logs))).Skip(1));
        Assert.StartsWith("The log cannot be written: ENOSPC", note, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Signal_HandledByTheProgram_EndsItInItsOwnWay()
    {
        await using var host = new HostProcessFixture();
        var process = await host.NodeAsync("setInterval(() => {}, 1000); process.on('SIGTERM', () => { console.log('closed'); process.exit(0); }); console.log('ready')");
        await Eventually.IsTrueAsync(() => File.Exists(HostLogFiles.Current(host.Logs)) && File.ReadAllText(HostLogFiles.Current(host.Logs)).Contains("ready", StringComparison.Ordinal), "ready");

        Assert.True(host.Runner.RequestStop(process, "SIGTERM", host.Logs));
        await host.ExitAsync(process);

        Assert.Equal(["ready", "closed"], (await ReadAsync(host)).Select(line => line.Text));
        Assert.Equal(0, host.Runner.ReadExitCode(host.Logs));
    }

    private static HostLogReader Reader(HostProcessFixture host) => new(host.Logs, TimeProvider.System);

    private static async Task<List<ContainerLogLine>> RunAsync(HostProcessFixture host, string script)
    {
        await host.ExitAsync(await host.NodeAsync(script));
        return await ReadAsync(host);
    }

    private static async Task<List<ContainerLogLine>> ReadAsync(HostProcessFixture host)
    {
        var lines = new List<ContainerLogLine>();
        await foreach (var line in Reader(host).ReadAsync(new ContainerLogQuery(), () => false, default))
        {
            lines.Add(line);
        }

        return lines;
    }
}
