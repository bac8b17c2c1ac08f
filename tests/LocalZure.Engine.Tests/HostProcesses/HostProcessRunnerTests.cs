using System.Globalization;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

public sealed class HostProcessRunnerTests
{
    [LinuxFact]
    public async Task StartAsync_Process_HeadsItsOwnSessionWithoutTerminal()
    {
        await using var host = new HostProcessFixture();

        var process = await host.ShellAsync("exec sleep 600");

        var stat = await File.ReadAllTextAsync($"/proc/{process.Pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var pid = process.Pid.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(("0", pid, pid), (fields[4], fields[3], fields[2]));
        Assert.True(host.Runner.IsRunning(process));
    }

    [LinuxFact]
    public async Task StartAsync_Process_HasNoOpenFileOfTheParentAndNoBlockedSignal()
    {
        await using var host = new HostProcessFixture();
        using var inheritable = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out, HandleInheritability.Inheritable);

        var process = await host.ShellAsync("exec sleep 600");
        await Eventually.IsTrueAsync(() => File.ReadAllText($"/proc/{process.Pid}/comm").StartsWith("sleep", StringComparison.Ordinal), "the program");

        // Its libraries are open for a moment while it is loaded.
        Dictionary<string, string?> descriptors = [];
        await Eventually.IsTrueAsync(() => (descriptors = Descriptors()).Count == 3, "the program with its three descriptors alone");
        var status = await File.ReadAllLinesAsync($"/proc/{process.Pid}/status");
        Assert.Equal(new Dictionary<string, string?> { ["0"] = "/dev/null", ["1"] = descriptors["2"], ["2"] = descriptors["1"] }, descriptors);
        Assert.StartsWith("pipe:", descriptors["1"], StringComparison.Ordinal);
        Assert.Contains("SigBlk:\t0000000000000000", status);

        // Signals 1 to 31; 32 and 33 are the C library's own, which it ignores while it spawns.
        var ignored = Assert.Single(status, line => line.StartsWith("SigIgn", StringComparison.Ordinal)).Split('\t')[1];
        Assert.Equal(0UL, ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0x7FFF_FFFF);

        Dictionary<string, string?> Descriptors() => Directory.GetFileSystemEntries($"/proc/{process.Pid}/fd")
            .ToDictionary(path => Path.GetFileName(path), path => new FileInfo(path).LinkTarget);
    }

    [LinuxFact]
    public async Task StartAsync_FolderArgumentsAndVariables_ReachTheProcessUnchanged()
    {
        await using var host = new HostProcessFixture();
        var spec = host.Spec("/bin/sh", ["-c", "printf '%s|' \"$PWD\" \"$LZ_TEST\" \"$HOME\" \"$@\"; echo; echo err >&2", "sh", "a b", "", "$HOME \"'"]);

        await host.ExitAsync(await host.StartAsync(spec with { Environment = new Dictionary<string, string> { ["LZ_TEST"] = "ü=1" } }));

        var home = Environment.GetEnvironmentVariable("HOME");
        var lines = await File.ReadAllLinesAsync(HostLogFiles.Raw(host.Logs));
        Assert.NotNull(LogLineFormat.ParseRun(lines[0]));
        Assert.Equal([$"{host.Folder.File("work")}|ü=1|{home}|a b||$HOME \"'|", "err"], lines.Skip(1));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("not-executable")]
    public async Task StartAsync_ProgramThatCannotRun_SaysWhich(string name)
    {
        await using var host = new HostProcessFixture();
        var program = host.Folder.File(name);
        if (name == "not-executable")
        {
            await File.WriteAllTextAsync(program, "");
        }

        var error = await Assert.ThrowsAsync<LocalZureException>(() => host.StartAsync(host.Spec(program, [])));

        Assert.Equal(ErrorCode.HostToolMissing, error.Code);
        Assert.StartsWith($"The program '{program}' cannot be started: ", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task StartAsync_ProgramThatWritesWithoutEnd_HasFilesOfABoundedSize()
    {
        await using var host = new HostProcessFixture(rawLimit: 256 * 1024);
        var process = await host.ShellAsync("head -c 6400000 /dev/zero | tr '\\0' x; echo; echo last");

        await host.ExitAsync(process);

        // 6.4 MB were written.
        Assert.InRange(Directory.GetFiles(host.Logs).Sum(file => new FileInfo(file).Length), 512 * 1024, 5 * 512 * 1024);
        var lines = await new HostLogReader(host.Logs, TimeProvider.System).ReadAsync(new(Tail: 1), () => false, CancellationToken.None).TakeAsync(2);
        Assert.Equal("last", Assert.Single(lines).Text);
    }

    [UnixFact]
    public async Task StartAsync_FollowedWhileFilesChange_LosesNothing()
    {
        await using var host = new HostProcessFixture(rawLimit: 256 * 1024);
        var process = await host.ShellAsync("i=0; while [ $i -lt 20000 ]; do echo \"$i of many lines that are told apart\"; i=$((i + 1)); done");
        var text = new System.Text.StringBuilder();
        var reading = Task.Run(async () =>
        {
            await foreach (var line in new HostLogReader(host.Logs, TimeProvider.System).ReadAsync(new(Follow: true), () => host.Runner.IsRunning(process), CancellationToken.None))
            {
                text.Append(line.Text).Append(line.IsPartial ? "" : "\n");
            }
        });

        await Eventually.IsTrueAsync(() => !host.Runner.IsRunning(process), "the program has ended");
        await reading.WaitAsync(Eventually.Deadline);

        Assert.Equal(Enumerable.Range(0, 20000).Select(number => $"{number} of many lines that are told apart"), text.ToString().TrimEnd('\n').Split('\n'));
        Assert.True(File.Exists(HostLogFiles.PreviousRaw(host.Logs, 1)));
    }

    [UnixFact]
    public async Task StartAsync_ProgramThatEnds_EndsItsWriter()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("exec sleep 600");
        await Eventually.IsTrueAsync(() => RawWriter.IsAtWork(host.Logs), "the writer is at work");

        host.Runner.KillTree(process);

        await Eventually.IsTrueAsync(() => !RawWriter.IsAtWork(host.Logs), "the writer has ended");
    }

    [LinuxFact]
    public async Task TryStart_WriterThatCannotBeNoted_IsEnded()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(HostLogFiles.RawWriter(folder.Path));

        Assert.ThrowsAny<SystemException>(() => RawWriter.TryStart(folder.Path, "heading", RawWriter.DefaultLimit));

        await Eventually.IsTrueAsync(() => !Directory.GetDirectories("/proc").Any(IsItsWriter), "the writer has ended");

        bool IsItsWriter(string process)
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(folder.Path, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    [LinuxFact]
    public async Task IsRunning_SamePidOtherStart_IsFalseAndNothingIsSent()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("exec sleep 600");
        var earlier = process with { StartToken = "1" };

        Assert.Equal(
            (false, false, false),
            (host.Runner.IsRunning(earlier), host.Runner.RequestStop(earlier, "SIGTERM", host.Logs), host.Runner.KillTree(earlier)));
        await host.Runner.WaitForExitAsync(earlier, CancellationToken.None).WaitAsync(Eventually.Deadline);
        Assert.True(host.Runner.IsRunning(process));
    }

    [LinuxFact]
    public async Task IsRunning_EndedChild_IsCollectedAndLeavesItsExitCode()
    {
        await using var host = new HostProcessFixture();

        var process = await host.ShellAsync("exit 3");
        await host.ExitAsync(process);

        Assert.False(Directory.Exists($"/proc/{process.Pid}"));
        Assert.Equal(3, host.Runner.ReadExitCode(host.Logs));
    }

    [LinuxFact]
    public async Task StartAsync_AfterARun_ForgetsItsExitCode()
    {
        await using var host = new HostProcessFixture();
        await host.ExitAsync(await host.ShellAsync("exit 3"));

        await host.ShellAsync("exec sleep 600");

        Assert.Null(host.Runner.ReadExitCode(host.Logs));
    }

    [LinuxFact]
    public async Task RequestStop_Signal_ReachesTheProcess()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("trap 'exit 5' INT; echo ready; while :; do sleep 0.05; done");
        await Eventually.IsTrueAsync(() => File.ReadAllText(HostLogFiles.Raw(host.Logs)).EndsWith("ready\n", StringComparison.Ordinal), "the program is ready");

        Assert.True(host.Runner.RequestStop(process, "SIGINT", host.Logs));
        await host.ExitAsync(process);

        Assert.Equal(5, host.Runner.ReadExitCode(host.Logs));
        Assert.False(host.Runner.RequestStop(process, "SIGINT", host.Logs));
    }

    [LinuxFact]
    public async Task SuspendTree_ParentAndChild_StandStillUntilTheyAreResumed()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("sh -c 'echo $$ > \"$1/child\"; exec sleep 600' sh \"$1\" & wait", host.Folder.Path);
        var child = ProcessTable.Identify(int.Parse(await host.FileContentAsync("child"), CultureInfo.InvariantCulture))!;
        Assert.False(host.Runner.IsSuspended(process));

        Assert.True(host.Runner.SuspendTree(process));
        await Eventually.IsTrueAsync(() => host.Runner.IsSuspended(process) && host.Runner.IsSuspended(child), "both are suspended");
        Assert.True(host.Runner.IsRunning(process));

        Assert.True(host.Runner.ResumeTree(process));
        await Eventually.IsTrueAsync(() => !host.Runner.IsSuspended(process) && !host.Runner.IsSuspended(child), "both go on");
        var earlier = process with { StartToken = "1" };
        Assert.Equal((false, false, false), (host.Runner.IsSuspended(earlier), host.Runner.SuspendTree(earlier), host.Runner.ResumeTree(earlier)));
    }

    [LinuxFact]
    public async Task FindByLogDirectory_ProgramThatOverwritesItsEnvironment_IsFound()
    {
        await using var host = new HostProcessFixture();

        var process = await host.StartAsync(host.Spec("/usr/bin/perl", ["-e", "$0 = 'x' x 100000; sleep 600"]));

        await Eventually.IsTrueAsync(() => File.ReadAllText($"/proc/{process.Pid}/cmdline").StartsWith('x'), "the title");
        Assert.DoesNotContain(HostProcessRunner.Mark, File.ReadAllText($"/proc/{process.Pid}/environ"), StringComparison.Ordinal);
        Assert.Equal(process, host.Runner.FindByLogDirectory(host.Logs));
        Assert.Null(host.Runner.FindByLogDirectory(host.Folder.File("others")));
        host.Runner.KillTree(process);
        await host.ExitAsync(process);
        Assert.Null(host.Runner.FindByLogDirectory(host.Logs));
    }

    [LinuxFact]
    public async Task FindByLogDirectory_NoNote_IsFoundByTheMark()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("exec sleep 600");
        File.Delete(HostLogFiles.ProcessNote(host.Logs));

        await Eventually.IsTrueAsync(() => host.Runner.FindByLogDirectory(host.Logs) == process, "the process");
    }

    [LinuxFact]
    public async Task FindByLogDirectory_NoteOfAnotherPlace_IsNotTakenForAProcessHere()
    {
        await using var host = new HostProcessFixture();
        var process = await host.StartAsync(host.Spec("/usr/bin/perl", ["-e", "$0 = 'x' x 100000; sleep 600"]));
        await Eventually.IsTrueAsync(() => File.ReadAllText($"/proc/{process.Pid}/cmdline").StartsWith('x'), "the title");

        foreach (var other in (ProcessPlace[])[ProcessPlace.Here with { Boot = "other" }, ProcessPlace.Here with { Namespace = "other" }])
        {
            await File.WriteAllTextAsync(HostLogFiles.ProcessNote(host.Logs), $"{process.Pid} {process.StartToken} {other}");
            Assert.Null(host.Runner.FindByLogDirectory(host.Logs));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7 8 9 10")]
    [InlineData("-7 1 a/b/c")]
    [InlineData("7 1 a")]
    public void Read_SomethingElse_IsNoNote(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(HostLogFiles.ProcessNote(folder.Path), text);

        Assert.Null(ProcessNote.Read(folder.Path));
    }

    [LinuxFact]
    public async Task StartAsync_NoteThatCannotBeWritten_LeavesNoProcess()
    {
        await using var host = new HostProcessFixture();
        Directory.CreateDirectory(HostLogFiles.ProcessNote(host.Logs));

        await Assert.ThrowsAnyAsync<Exception>(() => host.ShellAsync("echo $$ > \"$1/pid\"; exec sleep 600", host.Folder.Path));

        Assert.DoesNotContain(ProcessTable.ReadAll(), row => !row.HasEnded && ProcEnvironment.Read(row.Identity.Pid)?.GetValueOrDefault(HostProcessRunner.Mark) == host.Logs);
    }

    [LinuxFact]
    public async Task ReadEnvironment_Process_IsWhatItWasStartedWith()
    {
        await using var host = new HostProcessFixture();
        var spec = host.Spec("/bin/sh", ["-c", "exec sleep 600"]) with { Environment = new Dictionary<string, string> { ["LZ_TEST"] = "ü=1" }, IsWholeEnvironment = true };

        var process = await host.StartAsync(spec);

        // A process has none in the moment in which it becomes another program.
        await Eventually.IsTrueAsync(() => host.Runner.ReadEnvironment(process) is { Count: > 0 }, "its environment");
        Assert.Equal(
            new Dictionary<string, string> { ["LZ_TEST"] = "ü=1", [HostProcessRunner.Mark] = host.Logs },
            host.Runner.ReadEnvironment(process)!.Where(variable => variable.Key is not ("PWD" or "_")).ToDictionary());
        Assert.Null(host.Runner.ReadEnvironment(process with { StartToken = "1" }));
    }

    [LinuxFact]
    public async Task KillTree_GrandchildrenInOtherSessions_AllEnd()
    {
        await using var host = new HostProcessFixture();

        // One that ignores SIGTERM, one in a session of its own, one that has lost its parent.
        var process = await host.ShellAsync(
            """
            (trap '' TERM; echo $(exec sh -c 'echo $PPID') > "$1/a"; while :; do sleep 600; done) &
            setsid sh -c 'sh -c "sleep 600 & echo \$! > \"$1/b\"; wait" sh "$1"' sh "$1" &
            (sleep 600 & echo $! > "$1/c")
            wait
            """,
            host.Folder.Path);
        var pids = new List<int> { process.Pid };
        foreach (var name in (string[])["a", "b", "c"])
        {
            pids.Add(int.Parse(await host.FileContentAsync(name), CultureInfo.InvariantCulture));
        }

        Assert.True(host.Runner.KillTree(process));

        await Eventually.IsTrueAsync(() => pids.TrueForAll(pid => ProcessTable.Identify(pid) is null), "the end of the tree");
        Assert.Equal(137, host.Runner.ReadExitCode(host.Logs));
        Assert.False(host.Runner.KillTree(process));
    }

    [LinuxFact]
    public async Task KillTree_HeadHasEnded_EndsWhatItLeftBehind()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("sleep 600 & echo $! > \"$1/left\"", host.Folder.Path);
        var left = int.Parse(await host.FileContentAsync("left"), CultureInfo.InvariantCulture);
        await host.ExitAsync(process);
        Assert.NotNull(ProcessTable.Identify(left));

        Assert.True(host.Runner.KillTree(process));

        await Eventually.IsTrueAsync(() => ProcessTable.Identify(left) is null, "the end of what was left");
    }

    [LinuxFact]
    public async Task KillTree_Neighbour_IsLeftAlone()
    {
        await using var host = new HostProcessFixture();
        var neighbour = await host.ShellAsync("exec sleep 600");
        var process = await host.ShellAsync("exec sleep 600");

        Assert.True(host.Runner.KillTree(process));

        await host.ExitAsync(process);
        Assert.True(host.Runner.IsRunning(neighbour));
    }

    [LinuxFact]
    public async Task WaitForExitAsync_Cancelled_EndsAtOnce()
    {
        await using var host = new HostProcessFixture();
        var process = await host.ShellAsync("exec sleep 600");
        using var stop = new CancellationTokenSource();
        var waiting = host.Runner.WaitForExitAsync(process, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Eventually.Deadline));
        Assert.True(host.Runner.IsRunning(process));
    }
}
