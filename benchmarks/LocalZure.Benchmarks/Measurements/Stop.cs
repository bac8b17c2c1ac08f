using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>A stop of Azurite Blob after five seconds of life against <c>docker stop</c>.</summary>
internal static class Stop
{
    private const int Pairs = 5;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var scene = new Scene();
        using var api = new PlainApi();
        List<double> ours = [];
        List<double> plain = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var service = await scene.StartAsync(scene.Blob());
            var name = scene.NewName();
            var port = PlainApi.FreePort();
            await api.StartBlobAsync(scene, name, port);
            await api.PollAsync(port);
            await Task.Delay(Life);
            ours.Add(await Median.TimeAsync(() => scene.Engine.StopAsync(new StopRequest { Services = [service] }, scene, CancellationToken.None)));
            plain.Add(await DockerCommand.TimeAsync("stop", name));
            await scene.ClearAsync();
        }

        return [Row.WithRatio("stop after 5 s, Azurite blob", Median.Of(ours), "docker stop", Median.Of(plain), 0.1)];
    }
}
