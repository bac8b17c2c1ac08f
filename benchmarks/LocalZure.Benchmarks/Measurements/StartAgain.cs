namespace LocalZure.Benchmarks.Measurements;

/// <summary>A start of what runs already against the start that made it.</summary>
internal static class StartAgain
{
    private const int Rounds = 5;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        await scene.StartAsync(scene.Blob());
        await scene.ClearAsync();
        List<double> firsts = [];
        List<double> seconds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var request = scene.Blob();
            firsts.Add(await Median.TimeAsync(() => scene.StartAsync(request)));
            seconds.Add(await Median.TimeAsync(() => scene.StartAsync(request)));
            await scene.ClearAsync();
        }

        yield return Row.WithRatio("second start, Azurite blob", Median.Of(seconds), "first start", Median.Of(firsts), 0.1);
    }
}
