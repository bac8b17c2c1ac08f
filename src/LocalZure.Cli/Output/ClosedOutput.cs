using System.Runtime.InteropServices;

namespace LocalZure.Cli.Output;

/// <summary>Notices that nobody reads standard output any more, as in <c>localzure logs -f | head</c>, also while nothing is written.</summary>
internal static class ClosedOutput
{
    private const int StandardOutput = 1;

    // ERROR_BROKEN_PIPE and ERROR_NO_DATA
    private const int NoReader = unchecked((int)0x8007006D);
    private const int ClosingPipe = unchecked((int)0x800700E8);

    // EINTR
    private const int Interrupted = 4;

    /// <summary>Whether a write failed because nobody reads: how Windows tells it, while .NET passes over it on Unix.</summary>
    public static bool IsCause(Exception failure) => OperatingSystem.IsWindows() && failure is IOException { HResult: NoReader or ClosingPipe };

    /// <summary>Cancels when the reader of a pipe has gone. Does nothing when standard output is no pipe.</summary>
    /// <param name="ended">Is cancelled.</param>
    public static void Watch(CancellationTokenSource ended)
    {
        // Windows tells it by failing the next write.
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            new Thread(() =>
            {
                if (WaitForEnd())
                {
                    Cancel(ended);
                }
            })
            { IsBackground = true, Name = "closed output" }.Start();
        }
    }

    private static void Cancel(CancellationTokenSource ended)
    {
        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended in the same moment.
        }
    }

    // .NET passes over a write to a closed pipe without an error. poll(2) ends when the other end is closed; asked for
    // nothing else, it sleeps until then. It never ends for a file.
    private static bool WaitForEnd()
    {
        var descriptor = new Descriptor { Number = StandardOutput };
        while (true)
        {
            var ready = Poll(ref descriptor, 1, -1);
            if (ready > 0)
            {
                return true;
            }

            if (ready < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }
    }

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Descriptor descriptor, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Descriptor
    {
        public int Number;
        public short Events;
        public short Seen;
    }
}
