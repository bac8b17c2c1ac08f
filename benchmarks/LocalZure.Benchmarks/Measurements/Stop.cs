using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>
/// A stop of Azurite Blob after five seconds of life against <c>docker stop</c>: of the image as it runs by itself, whose
/// telemetry keeps it from ending, and with LocalZure's options, which turn that off.
/// </summary>
internal static class Stop
{
    private const int Rounds = 5;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        List<double> ours = [];
        List<double> own = [];
        List<double> same = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await OursAsync(scene));
            own.Add(await PlainAsync(scene, []));
            same.Add(await PlainAsync(scene, Scene.BlobCommand));
        }

        yield return Row.WithRatio("stop after 5 s, Azurite blob", Median.Of(ours), "docker stop, the image's own command", Median.Of(own), 0.1);
        yield return Row.WithRatio("the same, container and network removed", Median.Of(ours), "docker stop and rm, our command", Median.Of(same), null);
    }

    private static async Task<double> OursAsync(Scene scene)
    {
        var service = await scene.StartAsync(scene.Blob());
        using var client = await UseAsync(service.Ports[0].HostPort);
        var time = await Median.TimeAsync(() => scene.Engine.StopAsync(new StopRequest { Services = [service] }, scene, CancellationToken.None));
        await scene.ClearAsync();
        return time;
    }

    private static async Task<double> PlainAsync(Scene scene, string[] command)
    {
        using var api = new PlainApi();
        var name = scene.NewName();
        var port = PlainApi.FreePort();
        await api.StartBlobAsync(scene, name, port, command);
        await api.PollAsync(port);
        using var client = await UseAsync(port);
        var time = await DockerCommand.TimeAsync("stop", name) + await DockerCommand.TimeAsync("rm", name);
        await scene.ClearAsync();
        return time;
    }

    // A client that keeps its connection, as those of the SDKs do.
    private static async Task<HttpClient> UseAsync(int port)
    {
        await Task.Delay(Life);
        var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/devstoreaccount1?comp=list"));
        await answer.Content.ReadAsByteArrayAsync();
        return client;
    }
}
