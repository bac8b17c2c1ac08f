using System.Diagnostics;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Waits for a condition of the real world, with a deadline.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Looks again and again until there is nothing left of what is looked for.</summary>
    public static async Task IsEmptyAsync(Func<Task<IReadOnlyList<string>>> look)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            var left = await look();
            if (left.Count == 0)
            {
                return;
            }

            Assert.True(watch.Elapsed < Deadline, $"Still there after {Deadline.TotalSeconds} s: {string.Join(", ", left)}");
            await Task.Delay(20);
        }
    }
}
