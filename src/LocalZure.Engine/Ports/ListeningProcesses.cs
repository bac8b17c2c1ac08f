using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Ports;

/// <summary>Finds the process that listens on a TCP port of this machine.</summary>
internal static partial class ListeningProcesses
{
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(3);

    /// <summary>The process; null when none listens or when this user may not see it.</summary>
    public static ListeningProcess? Find(int port)
    {
        if (OperatingSystem.IsLinux())
        {
            return FindOnLinux(port);
        }

        var pid = OperatingSystem.IsWindows()
            ? FirstPid("netstat", "-ano -p TCP", NetstatLine(), port)
            : FirstPid("/usr/sbin/lsof", string.Create(CultureInfo.InvariantCulture, $"-nP -iTCP:{port} -sTCP:LISTEN -Fp"), LsofLine(), port);
        return pid is { } found ? new ListeningProcess(found, NameOf(found)) : null;
    }

    /// <summary>Whether a process of this user listens on a port, alone or with others that share its socket.</summary>
    public static bool IsHeldBy(int port, int pid) => OperatingSystem.IsLinux()
        ? Holds(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"), ListeningSockets(port))
        : Find(port)?.Pid == pid;

    // /proc/net/tcp: "   0: 0100007F:2710 00000000:0000 0A ... 12345 ..." - local address and port in hexadecimal, state 0A
    // is LISTEN, the tenth field is the socket's inode, which shows up as /proc/<pid>/fd/<n> -> socket:[12345].
    private static HashSet<string> ListeningSockets(int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return SocketTables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == "0A" && fields[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet(StringComparer.Ordinal);
    }

    private static ListeningProcess? FindOnLinux(int port)
    {
        var inodes = ListeningSockets(port);
        return inodes.Count == 0 ? null : Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && Holds(folder, inodes))
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(pid => new ListeningProcess(pid, NameOf(pid)))
            .FirstOrDefault();
    }

    private static bool Holds(string folder, HashSet<string> inodes)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Any(link => TargetOf(link) is { } target && inodes.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended in the meantime, or belongs to another user.
            return false;
        }
    }

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            // Closed in the meantime, which says nothing of the others.
            return null;
        }
    }

    private static int? FirstPid(string tool, string arguments, Regex line, int port)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, UseShellExecute = false, CreateNoWindow = true });
        if (process is null)
        {
            return null;
        }

        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(ToolLimit))
        {
            process.Kill();
            return null;
        }

        var match = line.Matches(output.GetAwaiter().GetResult())
            .FirstOrDefault(candidate => !candidate.Groups["port"].Success || candidate.Groups["port"].Value == port.ToString(CultureInfo.InvariantCulture));
        return match is null ? null : int.Parse(match.Groups["pid"].Value, CultureInfo.InvariantCulture);
    }

    private static string NameOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (ArgumentException)
        {
            return "unknown";
        }
    }

    // "  TCP    127.0.0.1:10000    0.0.0.0:0    LISTENING    4321"
    [GeneratedRegex(@"^\s*TCP\s+\S+:(?<port>[0-9]+)\s+\S+\s+LISTENING\s+(?<pid>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NetstatLine();

    // "p4321"
    [GeneratedRegex(@"^p(?<pid>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LsofLine();
}
