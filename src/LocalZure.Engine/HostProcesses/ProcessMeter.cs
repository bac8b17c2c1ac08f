using System.ComponentModel;
using System.Diagnostics;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Measures a process with everything it started.</summary>
internal static class ProcessMeter
{
    /// <summary>The usage of a process tree; null when its head does not run.</summary>
    public static ProcessUsage? Measure(ProcessIdentity head)
    {
        if (!ProcessTable.IsRunning(head))
        {
            return null;
        }

        // Windows keeps no parent that could be trusted: the head stands for all.
        var members = OperatingSystem.IsWindows() ? [head] : ProcessTree.Members([head], ProcessTable.ReadAll());
        var cpu = new Dictionary<ProcessIdentity, TimeSpan>();
        long memory = 0;
        var threads = 0;
        (long Read, long Written)? block = null;
        foreach (var member in members)
        {
            if (MeasureOne(member) is { } one)
            {
                cpu[member] = one.Cpu;
                memory += one.Memory;
                threads += one.Threads;
                block = ReadBlock(member.Pid) is { } io ? ((block?.Read ?? 0) + io.Read, (block?.Written ?? 0) + io.Written) : block;
            }
        }

        return cpu.Count == 0 ? null : new ProcessUsage { CpuTimes = cpu, Memory = memory, ThreadCount = threads, BlockRead = block?.Read, BlockWritten = block?.Written };
    }

    /// <summary>Takes <c>/proc/&lt;pid&gt;/io</c> apart (proc(5)); null when it does not tell both.</summary>
    public static (long Read, long Written)? ParseBlock(IEnumerable<string> lines)
    {
        // read_bytes: 4096
        // write_bytes: 0
        // cancelled_write_bytes: 0
        long? read = null;
        long? written = null;
        foreach (var parts in lines.Select(line => line.Split(": ")).Where(parts => parts.Length == 2))
        {
            _ = parts[0] switch
            {
                "read_bytes" when long.TryParse(parts[1], out var value) => read = value,
                "write_bytes" when long.TryParse(parts[1], out var value) => written = value,
                _ => null,
            };
        }

        return read is { } r && written is { } w ? (r, w) : null;
    }

    private static (TimeSpan Cpu, long Memory, int Threads)? MeasureOne(ProcessIdentity member)
    {
        try
        {
            using var process = Process.GetProcessById(member.Pid);
            return (process.TotalProcessorTime, process.WorkingSet64, process.Threads.Count);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It has ended since the table was read, or belongs to another user.
            return null;
        }
    }

    private static (long Read, long Written)? ReadBlock(int pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return ParseBlock(File.ReadLines($"/proc/{pid}/io"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or its files are not this user's to read.
            return null;
        }
    }
}
