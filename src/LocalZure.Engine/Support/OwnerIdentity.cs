using System.Globalization;

namespace LocalZure.Engine.Support;

/// <summary>
/// The owner of something of ours, as labels and the registry hold it:
/// <c>&lt;host id&gt;/&lt;boot id&gt;/&lt;pid&gt;/&lt;process start token&gt;</c>.
/// </summary>
/// <param name="HostId">The machine, container or WSL distribution.</param>
/// <param name="BootId">The boot of its kernel.</param>
/// <param name="Process">The process there.</param>
internal sealed record OwnerIdentity(string HostId, string BootId, ProcessIdentity Process)
{
    private static readonly Lazy<OwnerIdentity> This = new(ReadCurrent);

    /// <summary>This process.</summary>
    public static OwnerIdentity Current => This.Value;

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is something else.</summary>
    public static OwnerIdentity? TryParse(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts.Length == 4
            && parts.All(part => part.Length > 0)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? new OwnerIdentity(parts[0], parts[1], new ProcessIdentity(pid, parts[3]))
                : null;
    }

    /// <summary>Whether the owner still runs, as far as it can be told from here.</summary>
    /// <param name="owner">What a label or registry entry says; null when it says nothing.</param>
    public static OwnerState Judge(string? owner)
    {
        if (TryParse(owner) is not { } other || other.HostId != Current.HostId)
        {
            return OwnerState.Unknown;
        }

        return other.BootId == Current.BootId ? ProcessTable.Judge(other.Process) : OwnerState.Dead;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{HostId}/{BootId}/{Process.Pid}/{Process.StartToken}");

    private static OwnerIdentity ReadCurrent()
    {
        var process = ProcessTable.Identify(Environment.ProcessId)
            ?? throw new LocalZureException(ErrorCode.InternalError, $"The operating system does not say when process {Environment.ProcessId} started.");
        return new OwnerIdentity(Support.HostId.Current, Support.HostId.CurrentBoot, process);
    }
}
