namespace LocalZure.Benchmarks;

/// <summary>One line of the result table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Ours">The median with LocalZure; null when it could not be measured.</param>
/// <param name="Baseline">What it is compared with.</param>
/// <param name="Other">The median of that; null when it could not be measured.</param>
/// <param name="Ratio">Ours divided by the other one; null when one of them is missing.</param>
/// <param name="Budget">The budget, in words.</param>
/// <param name="Met">Whether it was met; null when there is none for this row, or it is not known.</param>
/// <param name="Problem">Why it could not be measured; null when it was.</param>
internal sealed record Row(string Name, string Unit, double? Ours, string Baseline, double? Other, double? Ratio, string Budget, bool? Met, string? Problem = null)
{
    /// <summary>A row whose budget is the largest ratio; null without one.</summary>
    public static Row WithRatio(string name, double ours, string baseline, double other, double? largest, string unit = "ms") => new(
        name, unit, ours, baseline, other, ours / other, largest is null ? "" : $"ratio <= {largest}", largest is null ? null : ours <= other * largest);

    /// <summary>A row that could not be measured.</summary>
    public static Row Failed(string name, string baseline, string problem) => new(name, "ms", null, baseline, null, null, "", null, problem);
}
