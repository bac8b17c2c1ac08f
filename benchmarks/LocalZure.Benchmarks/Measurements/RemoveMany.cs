using LocalZure.Engine;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>A removal of 100 running orphans against one <c>docker rm -f</c>.</summary>
internal static class RemoveMany
{
    private const int Count = 100;
    private const int Pairs = 3;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        // Orphans only in the eyes of this engine: any other start on the machine would sweep them.
        await using var later = new LocalZureEngine(new EngineOptions { Home = scene.Home, Environment = EnvironmentSnapshot.Capture(), Time = new LaterTime(TimeSpan.FromDays(2)) });
        List<double> ours = [];
        List<double> plain = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            await StartAsync(scene);
            ours.Add(await Median.TimeAsync(() => RemoveOrphansAsync(scene, later)));
            var ids = await StartAsync(scene);
            plain.Add(await DockerCommand.TimeAsync(["rm", "--force", .. ids]));
        }

        yield return Row.WithRatio($"removal of {Count} orphans that run", Median.Of(ours), "docker rm -f", Median.Of(plain), 1);
    }

    private static async Task<IReadOnlyList<string>> StartAsync(Scene scene)
    {
        var ids = await ManyContainers.CreateAsync(scene, Count, ["--label", $"localzure.expires={DateTimeOffset.UtcNow.AddDays(1):O}"]);
        await DockerCommand.RunAsync(["start", .. ids]);
        return ids;
    }

    private static async Task RemoveOrphansAsync(Scene scene, LocalZureEngine later)
    {
        var orphans = await later.FindOrphansAsync(null, scene, CancellationToken.None);
        var removed = await later.RemoveOrphansAsync(orphans.Where(orphan => orphan.Instance == scene.Instance).ToList(), scene, CancellationToken.None);
        if (removed.Count(orphan => orphan.Removed) != Count)
        {
            throw new InvalidOperationException($"{removed.Count(orphan => orphan.Removed)} instead of {Count} were removed");
        }
    }
}
