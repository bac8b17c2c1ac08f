namespace LocalZure.Engine.Support;

/// <summary>Waits for the end of a process that may be nobody's child here.</summary>
internal static class ProcessEnd
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until exactly this process has ended, which it may have already.</summary>
    /// <param name="process">The process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task WaitAsync(ProcessIdentity process, TimeProvider time, CancellationToken cancellationToken)
    {
        using var handle = OperatingSystem.IsLinux() ? ProcessDescriptor.TryOpen(process.Pid) : null;
        if (handle is not null && ProcessTable.IsRunning(process))
        {
            // Opened first, looked at then: the descriptor is that of the process that was meant.
            await Task.Factory.StartNew(() => handle.WaitForEnd(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            return;
        }

        while (ProcessTable.Judge(process) != OwnerState.Dead)
        {
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
