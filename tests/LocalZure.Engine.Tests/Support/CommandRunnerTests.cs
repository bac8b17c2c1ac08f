using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Programs that leave something running, or do not end.</summary>
public sealed class CommandRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public async Task RunAsync_ChildThatHoldsThePipe_IsEndedAndTheOutputIsThere()
    {
        var result = await RunAsync("sleep 7777 & echo $! > pid; echo seeded; exit 3").WaitAsync(Eventually.Deadline);

        Assert.Equal((3, "seeded"), (result.ExitCode, Assert.Single(result.Lines)));
        await EndedAsync();
    }

    [UnixFact]
    public async Task RunAsync_Cancelled_EndsWhatWasStarted()
    {
        using var cancel = new CancellationTokenSource();
        var work = RunAsync("sleep 7777 & echo $! > pid; wait", cancel.Token);
        await Eventually.IsTrueAsync(() => File.Exists(_folder.File("pid")) && File.ReadAllText(_folder.File("pid")).EndsWith('\n'), "the child runs");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Eventually.Deadline));
        await EndedAsync();
    }

    [UnixFact]
    public async Task RunAsync_BothStreams_AreReadToTheirEnd()
    {
        List<string> heard = [];

        var result = await CommandRunner.RunAsync(
            ["/bin/sh", "-c", "cat; printf 'a\\r\\nb'; echo $V in $(pwd) >&2; kill -9 $$"],
            new Dictionary<string, string> { ["V"] = "ü" },
            _folder.Path,
            heard.Add,
            CancellationToken.None).WaitAsync(Eventually.Deadline);

        Assert.Equal(137, result.ExitCode);
        Assert.Equal(["a", "b", $"ü in {_folder.Path}"], result.Lines.Order(StringComparer.Ordinal));
        Assert.Equal(heard, result.Lines);
    }

    [UnixFact]
    public async Task RunAsync_LineWithoutAnEnd_ComesInPieces()
    {
        var result = await RunAsync("head -c 200000 /dev/zero | tr '\\0' x; echo; echo end").WaitAsync(Eventually.Deadline);

        Assert.Equal(200_000, result.Lines.SkipLast(1).Sum(line => line.Length));
        Assert.Equal("end", result.Lines[^1]);
        Assert.All(result.Lines, line => Assert.InRange(line.Length, 0, 64 * 1024));
    }

    [UnixFact]
    public async Task RunAsync_ProgramThatIsNotThere_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => CommandRunner.RunAsync(["no-such-program"], new Dictionary<string, string>(), _folder.Path, null, CancellationToken.None));

        Assert.Equal((ErrorCode.HostToolMissing, "The program 'no-such-program' cannot be started: there is no program of that name on PATH."), (failure.Code, failure.Message));
    }

    [UnixFact]
    public async Task RunAsync_ListenerThatFails_StillEndsWhatWasLeftRunning()
    {
        var work = CommandRunner.RunAsync(
            ["/bin/sh", "-c", "sleep 7777 > /dev/null 2>&1 & echo $! > pid; echo a"],
            new Dictionary<string, string>(),
            _folder.Path,
            _ => throw new InvalidOperationException("the listener"),
            CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => work.WaitAsync(Eventually.Deadline));
        await EndedAsync();
    }

    [Fact]
    public async Task AwaitEndAsync_ProgramThatCannotBeEnded_IsNotWaitedForForEver() =>
        await CommandRunner.AwaitEndAsync(new Undying(), Task.CompletedTask).WaitAsync(Eventually.Deadline);

    // As one that waits for a disk that does not answer.
    private sealed class Undying : IRunningCommand
    {
        public Stream Output => Stream.Null;

        public Stream Error => Stream.Null;

        public async Task<int> WaitForExitAsync(Task closed, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public void Kill()
        {
        }

        public void KillRest()
        {
        }

        public void Dispose()
        {
        }
    }

    private Task<CommandResult> RunAsync(string script, CancellationToken cancellationToken = default) =>
        CommandRunner.RunAsync(["/bin/sh", "-c", script], new Dictionary<string, string>(), _folder.Path, null, cancellationToken);

    private Task EndedAsync()
    {
        var pid = int.Parse(File.ReadAllText(_folder.File("pid")), System.Globalization.CultureInfo.InvariantCulture);
        return Eventually.IsTrueAsync(() => ProcessTable.ReadAll().All(row => row.Identity.Pid != pid || row.HasEnded), "the child has ended");
    }
}
