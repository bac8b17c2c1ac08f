namespace LocalZure.Benchmarks.Measurements;

/// <summary>A start that does not wait against <c>docker run -d</c> of the same image, command, port and mount.</summary>
internal static class StartNoWait
{
    private const int Pairs = 11;

    public static async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var scene = new Scene();
        var (fresh, plain) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene), () => DockerRunAsync(scene));
        await scene.Engine.StartAsync(scene.Small() with { Names = ["queue"], Ports = new Dictionary<string, int> { ["queue"] = 0 }, Volumes = new Dictionary<string, string>(), Image = null, NoWait = true }, scene, CancellationToken.None);
        var (joined, plainAgain) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene, keepNetwork: true), () => DockerRunAsync(scene));
        var network = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var name = scene.NewName();
            network.Add(await DockerCommand.TimeAsync("network", "create", "--label", $"localzure-bench={scene.Instance}", name));
            await DockerCommand.RunAsync("network", "rm", name);
        }

        return
        [
            Row.WithRatio("start -NoWait, network there", joined, "docker run -d", plainAgain, 1),
            Row.WithRatio("start -NoWait, network made too", fresh, "docker run -d", plain, null),
            Row.WithRatio("start -NoWait, network made too", fresh, "docker network create, docker run -d", plain + Median.Of(network), 1),
        ];
    }

    private static async Task<double> OursAsync(Scene scene, bool keepNetwork = false)
    {
        var request = scene.Small() with { NoWait = true };
        var time = await Median.TimeAsync(() => scene.StartAsync(request));
        if (keepNetwork)
        {
            await DockerCommand.RunAsync("rm", "--force", "--volumes", $"localzure-blob-{scene.Instance}");
        }
        else
        {
            await scene.ClearAsync();
        }

        return time;
    }

    private static async Task<double> DockerRunAsync(Scene scene)
    {
        var name = scene.NewName();
        var time = await DockerCommand.TimeAsync([
            "run", "--detach", "--name", name, "--label", $"localzure-bench={scene.Instance}", "--publish", $"127.0.0.1:{PlainApi.FreePort()}:10000",
            "--volume", $"{scene.Script}:/bin/azurite-blob", "--volume", $"{name}-data:/data", Scene.SmallImage, .. Scene.BlobCommand]);
        await DockerCommand.RunAsync("rm", "--force", name);
        await DockerCommand.RunAsync("volume", "rm", $"{name}-data");
        return time;
    }
}
