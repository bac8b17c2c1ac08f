using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>A program that heads a session of its own, so that what it leaves running can be found and ended.</summary>
internal sealed class UnixCommand : IRunningCommand
{
    // What is ended may have started something meanwhile.
    private const int MostRounds = 20;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(50);

    private readonly AnonymousPipeServerStream _output;
    private readonly AnonymousPipeServerStream _error;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _pid;

    private UnixCommand(int pid, AnonymousPipeServerStream output, AnonymousPipeServerStream error)
    {
        _pid = pid;
        _output = output;
        _error = error;
        ProcessTable.Adopt(pid, code => _exit.TrySetResult(code));
    }

    /// <inheritdoc/>
    public Stream Output => _output;

    /// <inheritdoc/>
    public Stream Error => _error;

    /// <summary>Starts it.</summary>
    /// <param name="command">The program as a full path, then its arguments.</param>
    /// <param name="environment">All of its variables.</param>
    /// <param name="workingDirectory">The folder it runs in.</param>
    /// <returns>The command, or why it cannot be started.</returns>
    public static (UnixCommand? Command, string? Problem) Start(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var output = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var error = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var streams = new SpawnStreams { Output = output.ClientSafePipeHandle, Error = error.ClientSafePipeHandle };
        var (pid, number) = UnixSpawn.Start(command, environment, workingDirectory, streams);
        output.DisposeLocalCopyOfClientHandle();
        error.DisposeLocalCopyOfClientHandle();
        if (number == 0)
        {
            return (new UnixCommand(pid, output, error), null);
        }

        output.Dispose();
        error.Dispose();
        return (null, Marshal.GetPInvokeErrorMessage(number));
    }

    /// <inheritdoc/>
    public async Task<int> WaitForExitAsync(Task closed, CancellationToken cancellationToken)
    {
        for (var delay = FirstDelay; ; delay = delay * 1.5 < LongestDelay ? delay * 1.5 : LongestDelay)
        {
            ProcessTable.CollectAll();
            if (_exit.Task.IsCompleted)
            {
                return await _exit.Task.ConfigureAwait(false);
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(delay, TimeProvider.System, over.Token);
            await (closed.IsCompleted ? pause : Task.WhenAny(pause, closed)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Kill() => KillAll(rows => ProcessTree.Members(OfSession(rows), rows));

    /// <inheritdoc/>
    public void KillRest()
    {
        // Mostly there is no process left in its group, and then the table need not be read.
        if (Libc.Kill(-_pid, 0) == 0)
        {
            KillAll(OfSession);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static void KillAll(Func<IReadOnlyList<ProcessRow>, IEnumerable<ProcessIdentity>> find)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var found = find(ProcessTable.ReadAll()).ToList();
            if (found.Count == 0)
            {
                return;
            }

            foreach (var process in found)
            {
                _ = Libc.Kill(process.Pid, Libc.SigKill);
            }
        }
    }

    private IEnumerable<ProcessIdentity> OfSession(IReadOnlyList<ProcessRow> rows) =>
        rows.Where(row => row.SessionId == _pid && !row.HasEnded).Select(row => row.Identity);
}
