using System.Globalization;

namespace LocalZure.Engine.Ports;

/// <summary>
/// The ports that the operating system gives to outgoing connections. A service should not live there: while it is restarted
/// any connection of any program may take its port.
/// </summary>
internal static class EphemeralPorts
{
    // See ip_local_port_range in the kernel's Documentation/networking/ip-sysctl.rst: 32768 to 60999 unless changed.
    private const string LinuxSetting = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>Windows and macOS take 49152 to 65535, as RFC 6335 has it.</summary>
    private static readonly PortRange Usual = new(49152, 65535);

    /// <summary>The ports of this machine.</summary>
    public static PortRange Range { get; } = OperatingSystem.IsLinux() && File.Exists(LinuxSetting) ? Parse(File.ReadAllText(LinuxSetting)) ?? Usual : Usual;

    /// <summary>Reads the Linux setting, for example <c>32768\t60999</c>; null when it is something else.</summary>
    public static PortRange? Parse(string text) =>
        text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var low)
        && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var high)
        && low <= high ? new PortRange(low, high) : null;
}
