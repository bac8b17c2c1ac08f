using LocalZure.PowerShell.Pipeline;

namespace LocalZure.Engine.Tests.Pump;

public sealed class PipelinePumpTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_SeveralWrites_PerformsThemInOrderOnTheCallingThread()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        var seen = new List<(int Number, int Thread)>();

        var caller = await OnThread(() => pump.Run(
            async token =>
            {
                for (var i = 0; i < 500; i++)
                {
                    var number = i;
                    await Task.Yield();
                    pump.Post(() => seen.Add((number, Environment.CurrentManagedThreadId)));
                }
            },
            stop));

        Assert.Equal(Enumerable.Range(0, 500).Select(number => (number, caller)), seen);
    }

    [Fact]
    public async Task Run_WorkFails_ThrowsTheFailureItself()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        var written = false;

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => OnThread(() => pump.Run(
            async token =>
            {
                pump.Post(() => written = true);
                await Task.Yield();
                throw new LocalZureException(ErrorCode.PortInUse, "Port 1 is taken.");
            },
            stop)));

        Assert.Equal((ErrorCode.PortInUse, true), (failure.Code, written));
    }

    [Fact]
    public async Task Run_WriteThrows_CancelsWaitsForTheCleanUpAndRethrows()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        var cleanedUp = false;
        var later = 0;

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => OnThread(() => pump.Run(
            async token =>
            {
                pump.Post(() => throw new NotSupportedException("the pipeline was stopped downstream"));
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }
                finally
                {
                    pump.Post(() => later++);
                    await Task.Yield();
                    cleanedUp = true;
                }
            },
            stop)));

        Assert.Equal(("the pipeline was stopped downstream", true, 0), (failure.Message, cleanedUp, later));
    }

    [Fact]
    public async Task Run_WriteThrowsAndCleanUpFails_RethrowsWhatTheWriteThrew()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<NotSupportedException>(() => OnThread(() => pump.Run(
            async token =>
            {
                pump.Post(() => throw new NotSupportedException());
                await Task.Delay(Timeout.InfiniteTimeSpan, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                throw new InvalidOperationException("clean-up failed");
            },
            stop)));
    }

    [Fact]
    public async Task Run_CancelledFromAnotherThread_WaitsForTheCleanUpAndWritesNothingMore()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = 0;

        var run = OnThread(() => pump.Run(
            async token =>
            {
                try
                {
                    pump.Post(() => started.SetResult());
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }
                finally
                {
                    await release.Task;
                    pump.Post(() => writes++);
                }
            },
            stop));
        await started.Task.WaitAsync(Deadline);
        await stop.CancelAsync();

        Assert.False(run.IsCompleted);
        release.SetResult();
        await run;
        Assert.Equal(0, writes);
    }

    [Fact]
    public async Task Run_WorkFailsDuringCleanUpAfterCancellation_ThrowsTheFailure()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => OnThread(() => pump.Run(
            async token =>
            {
                await stop.CancelAsync();
                throw new InvalidOperationException("clean-up failed");
            },
            stop)));
    }

    [Fact]
    public async Task Run_WorkCancelsItself_ThrowsBecauseNobodyAskedForIt()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            OnThread(() => pump.Run(_ => Task.FromCanceled(new CancellationToken(canceled: true)), stop)));
    }

    [Fact]
    public async Task Run_SlowPipeline_HoldsTheWorkBackWithoutLosingWrites()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        var posted = 0;
        var performed = 0;
        var furthestAhead = 0;

        await OnThread(() => pump.Run(
            token => Task.Run(
                () =>
                {
                    for (var i = 0; i < 10_000; i++)
                    {
                        pump.Post(() => performed++);
                        posted++;
                        furthestAhead = Math.Max(furthestAhead, posted - performed);
                    }
                },
                token),
            stop));

        Assert.Equal(10_000, performed);
        Assert.InRange(furthestAhead, 0, 70);
    }

    [Fact]
    public async Task Run_CancelledWithTheQueueFull_LetsTheWorkPostAndEnd()
    {
        using var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        var performed = 0;

        await OnThread(() => pump.Run(
            token => Task.Run(
                () =>
                {
                    pump.Post(stop.Cancel);
                    for (var i = 0; i < 10_000; i++)
                    {
                        pump.Post(() => performed++);
                    }
                },
                CancellationToken.None),
            stop));

        Assert.Equal(0, performed);
    }

    [Fact]
    public async Task Post_AfterTheRun_DoesNothing()
    {
        var pump = new PipelinePump();
        using var stop = new CancellationTokenSource();
        await OnThread(() => pump.Run(_ => Task.CompletedTask, stop));
        var written = false;

        pump.Post(() => written = true);
        pump.Dispose();
        pump.Post(() => written = true);

        Assert.False(written);
    }

    // A thread of its own stands for the pipeline thread. The task ends with that thread's id.
    private static async Task<int> OnThread(Action action)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                action();
                ended.SetResult(Environment.CurrentManagedThreadId);
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        })
        { IsBackground = true };
        thread.Start();
        return await ended.Task.WaitAsync(Deadline);
    }
}
