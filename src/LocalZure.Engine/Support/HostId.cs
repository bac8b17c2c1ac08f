using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32;

namespace LocalZure.Engine.Support;

/// <summary>
/// What tells this machine from others that may share a Docker daemon with it, and this boot from earlier ones.
/// </summary>
internal static class HostId
{
    private static readonly Lazy<string> Host = new(ComputeHost);
    private static readonly Lazy<string> Boot = new(ComputeBoot);

    /// <summary>
    /// 16 hexadecimal digits that differ between machines, containers and WSL distributions: pids of one mean nothing
    /// in another.
    /// </summary>
    public static string Current => Host.Value;

    /// <summary>
    /// The id of this boot. Only Linux needs one, where start tokens count from the boot; elsewhere they are points in
    /// time that do not come back after a reboot, and the id is <c>-</c>.
    /// </summary>
    public static string CurrentBoot => Boot.Value;

    private static string ComputeHost() => Hash(MachineId(), Environment.MachineName, PidNamespace());

    /// <summary>The machine alone: 16 hexadecimal digits that stay over a reboot, and differ between machines.</summary>
    internal static string Machine() => Hash(MachineId(), Environment.MachineName);

    /// <summary>What tells the containers and distributions of one kernel apart, for example <c>4026531836</c>; <c>-</c> where there is no such thing.</summary>
    internal static string Namespace() => PidNamespace() is { Length: > 0 } name ? new string(name.Where(char.IsAsciiDigit).ToArray()) : "-";

    private static string Hash(params string[] parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return Convert.ToHexString(hash, 0, 8).ToLowerInvariant();
    }

    private static string ComputeBoot() => OperatingSystem.IsLinux() ? ReadLine("/proc/sys/kernel/random/boot_id") ?? "-" : "-";

    private static string MachineId()
    {
        if (OperatingSystem.IsWindows())
        {
            using var key = Registry.LocalMachine.OpenSubKey(@"SOFTWARE\Microsoft\Cryptography");
            return key?.GetValue("MachineGuid") as string ?? "";
        }

        return ReadLine("/etc/machine-id") ?? "";
    }

    // pid:[4026531836]; distributions of WSL share the kernel, its boot id and often the host name, but not this.
    private static string PidNamespace() =>
        OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "";

    private static string? ReadLine(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Images without systemd have no machine id; the other parts still tell hosts apart.
            return null;
        }
    }
}
