namespace LocalZure.Engine.Support;

/// <summary>
/// Where a pid and a start token together mean one process: <c>&lt;machine&gt;/&lt;pid namespace&gt;/&lt;boot id&gt;</c>. The boot id of Linux is that of
/// one kernel at work, so that within one the machine's name, which may change, says nothing.
/// </summary>
/// <param name="Machine">The machine.</param>
/// <param name="Namespace">The container or distribution on its kernel; <c>-</c> where there is no such thing.</param>
/// <param name="Boot">The boot; <c>-</c> where start tokens are points in time, which do not come back.</param>
internal sealed record ProcessPlace(string Machine, string Namespace, string Boot)
{
    private static readonly Lazy<ProcessPlace> This = new(() => new ProcessPlace(HostId.Machine(), HostId.Namespace(), HostId.CurrentBoot));

    /// <summary>That of this process.</summary>
    public static ProcessPlace Here => This.Value;

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is something else.</summary>
    public static ProcessPlace? TryParse(string? text) =>
        text?.Split('/') is [{ Length: > 0 } machine, { Length: > 0 } name, { Length: > 0 } boot] ? new ProcessPlace(machine, name, boot) : null;

    /// <summary>Whether its processes cannot be looked at from a place.</summary>
    public bool IsElsewhere(ProcessPlace here) => Namespace != here.Namespace || (Machine != here.Machine && !IsSameKernel(here));

    /// <summary>Whether it is a place in an earlier boot, so that all its processes have ended.</summary>
    public bool IsEarlierBoot(ProcessPlace here) => !IsElsewhere(here) && Boot != here.Boot;

    /// <inheritdoc/>
    public override string ToString() => $"{Machine}/{Namespace}/{Boot}";

    private bool IsSameKernel(ProcessPlace here) => Boot == here.Boot && Boot != "-";
}
