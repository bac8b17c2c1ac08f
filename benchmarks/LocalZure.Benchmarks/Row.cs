namespace LocalZure.Benchmarks;

/// <summary>One line of the result table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Ours">The median with LocalZure.</param>
/// <param name="Baseline">What it is compared with.</param>
/// <param name="Other">The median of that.</param>
/// <param name="Ratio">Ours divided by the other one.</param>
/// <param name="Budget">The budget, in words.</param>
/// <param name="Met">Whether it was met; null when there is none for this row.</param>
internal sealed record Row(string Name, string Unit, double Ours, string Baseline, double Other, double Ratio, string Budget, bool? Met)
{
    /// <summary>A row whose budget is the largest ratio; null without one.</summary>
    public static Row WithRatio(string name, double ours, string baseline, double other, double? largest, string unit = "ms") => new(
        name, unit, ours, baseline, other, ours / other, largest is null ? "" : $"ratio <= {largest}", largest is null ? null : ours <= other * largest);
}
