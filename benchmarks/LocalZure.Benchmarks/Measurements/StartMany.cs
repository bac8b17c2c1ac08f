using LocalZure.Engine;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>Independent services in one call, ready at once, against as many <c>docker run -d</c> at the same time.</summary>
internal static class StartMany
{
    private const int Pairs = 5;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        yield return await RunAsync(8, 1);
        yield return await RunAsync(20, 1.15);
    }

    private static async Task<Row> RunAsync(int count, double budget)
    {
        await using var scene = new Scene();
        var names = Enumerable.Range(1, count).Select(number => $"many{number}").ToList();
        await using var engine = new LocalZureEngine(new EngineOptions
        {
            Home = scene.Home,
            Environment = EnvironmentSnapshot.Capture(),
            FindDefinition = name => names.Contains(name) ? Definition(name) : null,
        });
        var (ours, plain) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene, engine, names), () => DockerRunAsync(scene, count));
        return Row.WithRatio($"start of {count} services in one call", ours, $"docker network create and {count} docker run -d at once", plain, budget);
    }

    private static ServiceDefinition Definition(string name) => new()
    {
        Name = name,
        Description = "A service that is ready at once",
        Image = Scene.SmallImage,
        Command = ["idle"],
        Ports = [new PortDefinition("main", 80, 0, "nothing")],
        Probes = [],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string>(),
    };

    private static async Task<double> OursAsync(Scene scene, LocalZureEngine engine, IReadOnlyList<string> names)
    {
        var request = new StartRequest { Names = names, Instance = scene.Instance, Mode = ServiceMode.Docker };
        IReadOnlyList<ServiceOutcome> outcomes = [];
        var time = await Median.TimeAsync(async () => outcomes = await engine.StartAsync(request, scene, CancellationToken.None));
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null) is { } failed)
        {
            throw failed.Error!;
        }

        await scene.ClearAsync();
        return time;
    }

    private static async Task<double> DockerRunAsync(Scene scene, int count)
    {
        var network = scene.NewName();
        var label = $"localzure-bench={scene.Instance}";
        var time = await Median.TimeAsync(async () =>
        {
            await DockerCommand.RunAsync("network", "create", "--label", label, network);
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => DockerCommand.RunAsync(
                "run", "--detach", "--name", scene.NewName(), "--label", label, "--network", network, "--publish", "127.0.0.1::80", Scene.SmallImage, "idle")));
        });
        await scene.ClearAsync();
        await DockerCommand.RunAsync("network", "rm", network);
        return time;
    }
}
