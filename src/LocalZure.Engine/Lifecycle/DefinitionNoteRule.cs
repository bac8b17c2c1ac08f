using System.Text.RegularExpressions;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Whether a note of a definition can be worked with: a label may be written by anybody, and by another version. Pure.</summary>
internal static class DefinitionNoteRule
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(30);

    /// <summary>Whether a note has all that it must have, and nothing in it that its readers could not take.</summary>
    public static bool IsWhole(DefinitionNote note) =>
        note.Ports?.All(IsPort) != false
        && note.Endpoints?.All(pair => pair.Value is not null) != false
        && note.ConnectionStrings?.All(pair => !string.IsNullOrEmpty(pair.Key) && pair.Value is not null) != false
        && note.ConnectionStrings?.DistinctBy(pair => pair.Key, StringComparer.Ordinal).Count() == note.ConnectionStrings?.Count
        && note.Probes?.All(IsProbe) == true
        && note.HostProbes?.All(IsProbe) != false
        && IsTime(note.StartTimeout) && note.StartTimeout > TimeSpan.Zero
        && IsTime(note.StopGrace)
        && note.DependsOn?.All(name => name is not null && PlainName.Allows(name)) == true;

    private static bool IsPort(PortDefinition? port) =>
        port is { Name.Length: > 0, ContainerPort: > 0 and <= ushort.MaxValue, DefaultHostPort: >= 0 and <= ushort.MaxValue, Purpose: not null, Protocol: "tcp" or "udp" };

    private static bool IsProbe(ProbeDefinition? probe) => probe is { Passes: > 0 }
        && (probe.Timeout is not { } limit || (IsTime(limit) && limit > TimeSpan.Zero))
        && probe switch
        {
            HttpProbeDefinition http => http.Port is not null && http.Path?.StartsWith('/') == true && http.ExpectedHeaderPrefix is not null && http.ExpectedStatus is not null
                && IsPattern(http.ExpectedBody ?? "") && http.RequestHeaders?.All(pair => pair.Value is not null) == true,
            TcpProbeDefinition tcp => tcp.Port is not null && IsTime(tcp.StaysOpen),
            ExecProbeDefinition exec => exec.Command?.Count > 0 && exec.Command.All(part => part is not null),
            LogProbeDefinition log => log.Pattern is not null && IsPattern(log.Pattern),
            ProcessProbeDefinition process => IsTime(process.StableFor),
            _ => true,
        };

    private static bool IsTime(TimeSpan time) => time >= TimeSpan.Zero && time <= LongestTime;

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = UserPattern.Compile(pattern, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
