using LocalZure.Engine.Health;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A probe that answers as a test says.</summary>
/// <param name="target">What it says it looks at.</param>
/// <param name="check">Its answer to the so manieth look, beginning with 1.</param>
internal sealed class FakeProbe(string target, Func<int, CancellationToken, Task<ProbeResult>> check) : IProbe
{
    private int _looks;

    public string Target { get; } = target;

    public int Passes { get; init; } = 1;

    public int Looks => Volatile.Read(ref _looks);

    /// <summary>One that passes from the so manieth look on.</summary>
    public static FakeProbe PassingAt(int look, string target = "demo") =>
        new(target, (number, _) => Task.FromResult(number >= look ? Passed(target) : Failed(target)));

    /// <summary>One that never gets an answer.</summary>
    public static FakeProbe Silent() => new("silent", async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("an endless wait has ended");
    });

    public static ProbeResult Passed(string target) => new("fake", target, ServiceHealthStatus.Healthy, TimeSpan.FromMilliseconds(1), "passed");

    public static ProbeResult Failed(string target) => new("fake", target, ServiceHealthStatus.Unhealthy, null, "refused");

    public Task<ProbeResult> CheckAsync(CancellationToken cancellationToken) => check(Interlocked.Increment(ref _looks), cancellationToken);
}
