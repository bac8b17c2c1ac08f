namespace LocalZure.Faults.Simulation;

/// <summary>A fault of the daemon.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Lasts">Whether it goes on with every later request, or meets one alone.</param>
internal sealed record Fault(FaultKind Kind, bool Lasts)
{
    /// <summary>All that are tried.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. Enum.GetValues<FaultKind>().Select(kind => new Fault(kind, Lasts: false)),
        .. new[] { FaultKind.Refused, FaultKind.Reset, FaultKind.Silent, FaultKind.Status500, FaultKind.Malformed }.Select(kind => new Fault(kind, Lasts: true)),
    ];

    public override string ToString() => Lasts ? $"{Kind} from then on" : $"{Kind}";
}
