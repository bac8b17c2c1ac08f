namespace LocalZure;

/// <summary>What one probe saw.</summary>
/// <param name="Type"><c>http</c>, <c>tcp</c>, <c>exec</c>, <c>log</c>, <c>docker</c> or <c>process</c>.</param>
/// <param name="Target">What was probed, for example <c>http://127.0.0.1:10000/</c>.</param>
/// <param name="Status">Healthy when it passed.</param>
/// <param name="Latency">How long the answer took; null when none came.</param>
/// <param name="Message">What was seen, in one line.</param>
public sealed record ProbeResult(string Type, string Target, ServiceHealthStatus Status, TimeSpan? Latency, string Message)
{
    /// <summary>The short form, for example <c>http http://127.0.0.1:10000/: Healthy</c>.</summary>
    public override string ToString() => $"{Type} {Target}: {Status}";
}
