using System.Diagnostics;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Waits for a condition of the real world, with a deadline.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Looks again and again until there is nothing left of what is looked for.</summary>
    public static async Task IsEmptyAsync(Func<Task<IReadOnlyList<string>>> look)
    {
        var left = await LeftAsync(look, Deadline);
        Assert.True(left.Count == 0, $"Still there after {Deadline.TotalSeconds} s: {string.Join(", ", left)}");
    }

    /// <summary>Looks again and again until there is nothing left or a time is over, and gives what is left then.</summary>
    public static async Task<IReadOnlyList<string>> LeftAsync(Func<Task<IReadOnlyList<string>>> look, TimeSpan limit)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            var left = await look();
            if (left.Count == 0 || watch.Elapsed >= limit)
            {
                return left;
            }

            await Task.Delay(20);
        }
    }
}
