using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Ports;

/// <summary>Ports that nobody listens on and that still cannot be bound, because the operating system keeps them back.</summary>
internal static partial class ReservedPorts
{
    private const string LinuxSetting = "/proc/sys/net/ipv4/ip_unprivileged_port_start";

    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(3);

    /// <summary>Who keeps a port back, in words that fit after "taken by"; null when nobody is known to.</summary>
    /// <param name="port">The port.</param>
    public static string? Describe(int port)
    {
        if (OperatingSystem.IsWindows())
        {
            return FindExcluded(AskWindows(), port) is { } range
                ? $"Windows, which reserves the ports {range.First}-{range.Last} ('netsh int ipv4 show excludedportrange protocol=tcp' lists them; Hyper-V takes them at each start of the system)"
                : null;
        }

        return port < FirstUnprivileged() && Environment.UserName != "root"
            ? string.Create(CultureInfo.InvariantCulture, $"the system, which gives ports below {FirstUnprivileged()} to privileged users only")
            : null;
    }

    /// <summary>The range of a port in what <c>netsh int ipv4 show excludedportrange protocol=tcp</c> prints; null when none has it.</summary>
    /// <param name="output">The output, in any language.</param>
    /// <param name="port">The port.</param>
    public static PortRange? FindExcluded(string output, int port) => ExcludedRow().Matches(output)
        .Select(match => new PortRange(int.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["last"].Value, CultureInfo.InvariantCulture)))
        .Where(range => range.Contains(port)).Select(range => (PortRange?)range).FirstOrDefault();

    private static int FirstUnprivileged() =>
        File.Exists(LinuxSetting) && int.TryParse(File.ReadAllText(LinuxSetting).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first
        : OperatingSystem.IsLinux() ? 1024 : 0;

    private static string AskWindows()
    {
        using var process = Process.Start(new ProcessStartInfo("netsh", "int ipv4 show excludedportrange protocol=tcp") { RedirectStandardOutput = true, UseShellExecute = false, CreateNoWindow = true });
        var output = process?.StandardOutput.ReadToEndAsync();
        if (process?.WaitForExit(ToolLimit) != true)
        {
            process?.Kill();
            return "";
        }

        return output!.GetAwaiter().GetResult();
    }

    // Rows of "Start Port    End Port", a star marks those that an administrator has made: "     50000       50059     *"
    [GeneratedRegex(@"^\s*(?<first>[0-9]{1,5})\s+(?<last>[0-9]{1,5})\s*\*?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ExcludedRow();
}
