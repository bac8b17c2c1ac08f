using System.Diagnostics;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Waits for a condition of the real world, with a deadline.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < Deadline, $"Not seen within {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(5);
        }
    }

    public static async Task<T> IsNotNullAsync<T>(Func<T?> read, string what)
        where T : class
    {
        T? value = null;
        await IsTrueAsync(() => (value = read()) is not null, what);
        return value!;
    }
}
