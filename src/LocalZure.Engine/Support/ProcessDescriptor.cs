using Microsoft.Win32.SafeHandles;

namespace LocalZure.Engine.Support;

/// <summary>A descriptor of a process (pidfd_open(2)), which tells of its end without looking again and again.</summary>
internal sealed unsafe class ProcessDescriptor : IDisposable
{
    /// <summary>The number of the system call, the same on all architectures that .NET runs on.</summary>
    private const nint PidfdOpen = 434;

    private const short PollIn = 1;
    private const int InMilliseconds = 1000 * 60;

    private readonly SafeFileHandle _handle;

    private ProcessDescriptor(SafeFileHandle handle) => _handle = handle;

    /// <summary>Opens one; null when there is no such process, or the kernel is older than 5.3.</summary>
    public static ProcessDescriptor? TryOpen(int pid)
    {
        var descriptor = Libc.SystemCall(PidfdOpen, pid, 0);
        return descriptor < 0 ? null : new ProcessDescriptor(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Keeps the thread until the process has ended.</summary>
    public void WaitForEnd(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wish = new PollDescriptor { Descriptor = (int)_handle.DangerousGetHandle(), Events = PollIn };
            if (Libc.Poll(&wish, 1, InMilliseconds) > 0)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
