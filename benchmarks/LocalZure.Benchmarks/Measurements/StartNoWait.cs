using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>A start that does not wait against <c>docker run -d</c> of the same image, command, port and mount.</summary>
internal static class StartNoWait
{
    private const int Pairs = 11;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        var network = $"localzure-{scene.Instance}";
        var (fresh, bridged) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene), () => DockerRunAsync(scene));
        List<double> creation = [];
        for (var round = 0; round < Pairs; round++)
        {
            creation.Add(await DockerCommand.TimeAsync("network", "create", "--label", $"localzure-bench={scene.Instance}", network));
            await DockerCommand.RunAsync("network", "rm", network);
        }

        yield return Row.WithRatio("start -NoWait, network made too", fresh, "docker network create, run -d (default bridge)", bridged + Median.Of(creation), 1);

        // Another service of the instance keeps the network in place.
        await scene.StartAsync(scene.Blob() with { Names = ["queue"], Ports = new Dictionary<string, PortWish> { ["queue"] = 0 } });
        var (joined, networked) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene, keepNetwork: true), () => DockerRunAsync(scene, "--network", network));
        yield return Row.WithRatio("start -NoWait, network there", joined, "docker run -d --network (the same)", networked, 1);
        var (joinedAgain, bridgedAgain) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene, keepNetwork: true), () => DockerRunAsync(scene));
        yield return Row.WithRatio("start -NoWait, network there", joinedAgain, "docker run -d (default bridge)", bridgedAgain, 1);
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

    private static async Task<double> DockerRunAsync(Scene scene, params string[] options)
    {
        var name = scene.NewName();
        var time = await DockerCommand.TimeAsync([
            "run", "--detach", "--name", name, "--label", $"localzure-bench={scene.Instance}", "--publish", $"127.0.0.1:{PlainApi.FreePort()}:10000",
            "--volume", $"{scene.Script}:/bin/azurite-blob", "--volume", $"{name}-data:/data", .. options, Scene.SmallImage, .. Scene.BlobCommand]);
        await DockerCommand.RunAsync("rm", "--force", name);
        await DockerCommand.RunAsync("volume", "rm", $"{name}-data");
        return time;
    }
}
