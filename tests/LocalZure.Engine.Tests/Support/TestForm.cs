namespace LocalZure.Engine.Tests.Support;

/// <summary>How much is tried: the short form in CI, the long one with <c>./build.sh test -Long</c>.</summary>
internal static class TestForm
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("LOCALZURE_FAULTS") == "long";
}
