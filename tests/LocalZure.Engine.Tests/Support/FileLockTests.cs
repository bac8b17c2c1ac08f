using System.Diagnostics;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class FileLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AcquireAsync_Held_TimesOutNamingTheFile()
    {
        var path = _folder.File("new", "a.lock");
        await using var held = await AcquireAsync(path, TimeSpan.Zero);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => AcquireAsync(path, TimeSpan.FromMilliseconds(50)));

        Assert.Equal((ErrorCode.LockTimeout, $"Another process has held the lock '{path}' for more than 0.1 s."), (error.Code, error.Message));
    }

    [Fact]
    public async Task AcquireAsync_Released_IsTakenByTheWaiter()
    {
        var path = _folder.File("a.lock");
        var held = await AcquireAsync(path, TimeSpan.Zero);
        var waiter = AcquireAsync(path, Eventually.Deadline);
        Assert.False(waiter.IsCompleted);

        await held.DisposeAsync();

        await (await waiter.WaitAsync(Eventually.Deadline)).DisposeAsync();
    }

    [Fact]
    public async Task AcquireAsync_Cancelled_EndsAtOnce()
    {
        var path = _folder.File("a.lock");
        await using var held = await AcquireAsync(path, TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var waiter = FileLock.AcquireAsync(path, Eventually.Deadline, TimeProvider.System, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task AcquireAsync_ManyHolders_NeverTwoAtOnce()
    {
        var path = _folder.File("a.lock");
        var (inside, most, total) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(async () =>
        {
            await using var held = await AcquireAsync(path, Eventually.Deadline);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            total++;
            Interlocked.Decrement(ref inside);
        })));

        Assert.Equal((1, 24), (most, total));
    }

    [Fact]
    public async Task AcquireAsync_HoldersThatRemoveTheFile_NeverTwoAtOnce()
    {
        var path = _folder.File("a.lock");
        var (inside, most, total) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                await using var held = await AcquireAsync(path, Eventually.Deadline);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Increment(ref total);
                Interlocked.Decrement(ref inside);
                held.Delete();
            }
        })));

        Assert.Equal((1, 480), (most, total));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task DeleteUnlessHeld_Held_LeavesIt()
    {
        var path = _folder.File("a.lock");
        await using (await AcquireAsync(path, TimeSpan.Zero))
        {
            FileLock.DeleteUnlessHeld(path);
            await Assert.ThrowsAsync<LocalZureException>(() => AcquireAsync(path, TimeSpan.Zero));
        }

        FileLock.DeleteUnlessHeld(path);
        FileLock.DeleteUnlessHeld(path);

        Assert.False(File.Exists(path));
    }

    [UnixFact]
    public void Impossible_FileSystemWithoutLocks_IsToldWithTheFileAndTheReason()
    {
        var error = FileLock.Impossible("/home/a.lock", OperatingSystem.IsLinux() ? 95 : 45);

        Assert.Equal(ErrorCode.HomeNotWritable, error.Code);
        Assert.Contains("'/home/a.lock' cannot be locked (", error.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task AcquireAsync_HolderInAnotherProcessIsKilled_IsTaken()
    {
        var path = _folder.File("a.lock");
        using var holder = Process.Start(new ProcessStartInfo("flock", [path, "sh", "-c", "echo held; exec cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        await Assert.ThrowsAsync<LocalZureException>(() => AcquireAsync(path, TimeSpan.Zero));

        var waiter = AcquireAsync(path, Eventually.Deadline);
        holder.Kill(entireProcessTree: true);

        await (await waiter.WaitAsync(Eventually.Deadline)).DisposeAsync();
    }

    [Fact]
    public async Task AcquireAsync_FolderInPlaceOfTheFile_IsNoTimeout()
    {
        Directory.CreateDirectory(_folder.File("a.lock"));

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => AcquireAsync(_folder.File("a.lock"), Eventually.Deadline));

        Assert.Equal(ErrorCode.HomeNotWritable, failure.Code);
    }

    private static Task<FileLock> AcquireAsync(string path, TimeSpan limit) => FileLock.AcquireAsync(path, limit, TimeProvider.System, default);
}
