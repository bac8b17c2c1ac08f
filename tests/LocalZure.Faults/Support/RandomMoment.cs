namespace LocalZure.Faults.Support;

/// <summary>Moments that a seed decides.</summary>
internal sealed class RandomMoment
{
    private readonly Random _random;

    /// <summary>Creates one.</summary>
    /// <param name="round">The round; the same round of the same seed has the same moments.</param>
    public RandomMoment(int round) => _random = new Random((Form.Seed * 1000) + round);

    /// <summary>One of so many choices.</summary>
    public int Choose(int count) => _random.Next(count);

    /// <summary>Completes at a moment within a time, earlier ones more often than later ones.</summary>
    public Task WithinAsync(TimeSpan longest) => Task.Delay(longest * Math.Pow(_random.NextDouble(), 1.5));
}
