using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Support;

/// <summary>How much is tried: the short form in CI, the long one with <c>./build.sh test -Long</c>.</summary>
internal static class Form
{
    public static bool IsLong => TestForm.IsLong;

    /// <summary>What makes the random moments; printed, so that a run can be repeated with <c>LOCALZURE_FAULTS_SEED</c>.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("LOCALZURE_FAULTS_SEED"), out var seed) ? seed : Environment.TickCount & 0xffff;

    /// <summary>A number of rounds.</summary>
    public static int Rounds(int inShort, int inLong) => IsLong ? inLong : inShort;
}
