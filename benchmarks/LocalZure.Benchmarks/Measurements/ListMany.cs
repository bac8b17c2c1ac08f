using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>A list of 500 services against <c>docker ps --all</c>.</summary>
internal static class ListMany
{
    private const int Count = 500;
    private const int Pairs = 15;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        await ManyContainers.CreateAsync(scene, Count, []);
        var query = new ServiceQuery { IncludeStopped = true, Instance = scene.Instance };
        var found = 0;
        var (ours, plain) = await Median.OfPairsAsync(
            Pairs,
            () => Median.TimeAsync(async () => found = (await scene.Engine.GetAsync(query, scene, CancellationToken.None)).Count),
            () => DockerCommand.TimeAsync("ps", "--all"));
        yield return found == Count
            ? Row.WithRatio($"list of {Count} services", ours, "docker ps --all", plain, 1)
            : throw new InvalidOperationException($"{found} instead of {Count} services were found");
    }
}
