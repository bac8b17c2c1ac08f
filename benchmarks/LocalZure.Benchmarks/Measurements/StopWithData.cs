using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>
/// A stop of a service whose data goes with it, by a program that ignores SIGTERM, against <c>docker rm -f</c> of the same: with the volume and the
/// network, which only LocalZure removes too, and with these removed by the docker command line.
/// </summary>
internal static class StopWithData
{
    private const int Pairs = 7;
    private const string Service = "stubborn";

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        // Without a folder of the user's, whose data would outlive it.
        await File.WriteAllTextAsync(
            Path.Combine(scene.Home, "localzure.yml"),
            $"services: {{ {Service}: {{ image: '{Scene.SmallImage}', command: [sh, -c, 'trap \"\" TERM; while true; do sleep 1; done'], volumes: {{ data: /data }} }} }}\n");
        var (ours, plain) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene), () => PlainAsync(scene, withRest: false));
        yield return Row.WithRatio("stop -RemoveData of what ignores SIGTERM", ours, "docker rm -f", plain, 1);
        var (again, whole) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene), () => PlainAsync(scene, withRest: true));
        yield return Row.WithRatio("the same", again, "docker rm -f, volume rm, network rm", whole, 1);
    }

    private static async Task<double> OursAsync(Scene scene)
    {
        var service = await scene.StartAsync(Request(scene));
        return await Median.TimeAsync(async () => ThrowIfFailed(await scene.Engine.StopAsync(new StopRequest { Services = [service], RemoveData = true }, scene, CancellationToken.None)));
    }

    private static async Task<double> PlainAsync(Scene scene, bool withRest)
    {
        var service = await scene.StartAsync(Request(scene));
        var name = service.ContainerName;
        var time = await DockerCommand.TimeAsync("rm", "--force", name);
        var volumes = await DockerCommand.RunAsync("volume", "ls", "--quiet", "--filter", $"label=localzure.instance={scene.Instance}");
        var rest = await DockerCommand.TimeAsync(["volume", "rm", .. volumes.Split('\n', StringSplitOptions.RemoveEmptyEntries)]) + await DockerCommand.TimeAsync("network", "rm", $"localzure-{scene.Instance}");
        return withRest ? time + rest : time;
    }

    private static StartRequest Request(Scene scene) =>
        new() { Names = [Service], Instance = scene.Instance, Mode = ServiceMode.Docker, Configuration = new ConfigurationRequest { Folder = scene.Home } };

    private static void ThrowIfFailed(IReadOnlyList<ServiceOutcome> outcomes)
    {
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error is { } error)
        {
            throw error;
        }
    }
}
