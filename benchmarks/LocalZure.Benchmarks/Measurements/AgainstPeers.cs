using LocalZure.Engine;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>Start and stop of several services at once, LocalZure and other tools in turn on the same image.</summary>
internal static class AgainstPeers
{
    private const int Rounds = 5;

    /// <summary>Azurite until each can be used, and its stop.</summary>
    /// <param name="count">How many at once.</param>
    /// <param name="peers">The assemblies of the peers.</param>
    public static IAsyncEnumerable<Row> AzuriteAsync(int count, IReadOnlyList<string> peers) =>
        RunAsync($"{count} Azurite blob", count, ServiceCatalog.Get("blob"), Scene.BlobCommand, 10000, "Azurite-Blob/", peers);

    /// <summary>Services of the user's own that have no port and know no signal.</summary>
    /// <inheritdoc cref="AzuriteAsync"/>
    public static IAsyncEnumerable<Row> OwnAsync(int count, IReadOnlyList<string> peers) =>
        RunAsync($"{count} own services (sleep)", count, null, ["sleep", "1000"], 0, "", peers);

    private static async IAsyncEnumerable<Row> RunAsync(string what, int count, ServiceDefinition? definition, string[] command, int port, string server, IReadOnlyList<string> assemblies)
    {
        await using var scene = new Scene();
        var image = definition?.Image ?? Scene.SmallImage;
        var names = Enumerable.Range(1, count).Select(number => $"peer{number}").ToList();
        await File.WriteAllTextAsync(Path.Combine(scene.Home, "localzure.yml"), $"services:\n{string.Concat(names.Select(name => $"  {name}: {{ image: \"{Scene.SmallImage}\", command: [sleep, \"1000\"] }}\n"))}");
        await using var engine = new LocalZureEngine(new EngineOptions
        {
            Home = scene.Home,
            Environment = EnvironmentSnapshot.Capture(),
            FindDefinition = name => definition is not null && names.Contains(name) ? definition with { Name = name, Ports = definition.Ports.Select(its => its with { DefaultHostPort = 0 }).ToList() } : null,
        });
        var request = new StartRequest
        {
            Names = names,
            Instance = scene.Instance,
            Mode = ServiceMode.Docker,
            Configuration = definition is null ? new ConfigurationRequest { Folder = scene.Home } : null,
        };

        Func<Task<(double, double)>> ours = () => OursAsync(scene, engine, request);
        yield return await CompareAsync(what, ours, "docker run -d in a network of their own, stop -t 10, rm", () => DockerAsync(scene, image, command, count, port, server), out var stop);
        yield return stop();
        foreach (var assembly in assemblies)
        {
            var name = Path.GetFileNameWithoutExtension(assembly).Split('.')[^1];
            Row start;
            Row? end = null;
            try
            {
                await using var peer = await PeerProcess.OpenAsync(assembly);
                start = await CompareAsync(what, ours, peer.Name, () => PeerAsync(peer, image, command, count, port, server), out stop);
                end = stop();
            }
            catch (Exception e) when (e is InvalidOperationException or TimeoutException)
            {
                start = Row.Failed($"start until usable, {what}", name, e.Message);
            }

            yield return start;
            if (end is not null)
            {
                yield return end;
            }
        }
    }

    private static Task<Row> CompareAsync(string what, Func<Task<(double Start, double Stop)>> ours, string baseline, Func<Task<(double Start, double Stop)>> other, out Func<Row> stop)
    {
        List<(double Start, double Stop)> mine = [];
        List<(double Start, double Stop)> theirs = [];
        stop = () => Row.WithRatio($"stop, {what}", Median.Of(mine.ConvertAll(times => times.Stop)), baseline, Median.Of(theirs.ConvertAll(times => times.Stop)), 1);
        return StartAsync();

        async Task<Row> StartAsync()
        {
            // One of each before that does not count.
            await ours();
            await other();
            for (var round = 0; round < Rounds; round++)
            {
                if (round % 2 == 0)
                {
                    mine.Add(await ours());
                    theirs.Add(await other());
                }
                else
                {
                    theirs.Add(await other());
                    mine.Add(await ours());
                }
            }

            return Row.WithRatio($"start until usable, {what}", Median.Of(mine.ConvertAll(times => times.Start)), baseline, Median.Of(theirs.ConvertAll(times => times.Start)), 1);
        }
    }

    private static async Task<(double Start, double Stop)> OursAsync(Scene scene, LocalZureEngine engine, StartRequest request)
    {
        IReadOnlyList<ServiceOutcome> outcomes = [];
        var start = await Median.TimeAsync(async () => outcomes = await engine.StartAsync(request, scene, CancellationToken.None));
        ThrowIfFailed(outcomes);
        var services = outcomes.Select(outcome => outcome.Service!).ToList();
        var stop = await Median.TimeAsync(async () => outcomes = await engine.StopAsync(new StopRequest { Services = services }, scene, CancellationToken.None));
        ThrowIfFailed(outcomes);
        await scene.ClearAsync();
        return (start, stop);
    }

    private static void ThrowIfFailed(IReadOnlyList<ServiceOutcome> outcomes)
    {
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error is { } error)
        {
            throw error;
        }
    }

    private static async Task<(double Start, double Stop)> DockerAsync(Scene scene, string image, string[] command, int count, int port, string server)
    {
        using var api = new PlainApi();
        var label = $"localzure-bench={scene.Instance}";
        var network = scene.NewName();
        var names = Enumerable.Range(0, count).Select(_ => scene.NewName()).ToList();
        var ports = names.ConvertAll(_ => port == 0 ? 0 : PlainApi.FreePort());
        var start = await Median.TimeAsync(async () =>
        {
            await DockerCommand.RunAsync("network", "create", "--label", label, network);
            await Task.WhenAll(names.Zip(ports, async (name, own) =>
            {
                string[] publish = own == 0 ? [] : ["--publish", $"127.0.0.1:{own}:{port}"];
                await DockerCommand.RunAsync(["run", "--detach", "--name", name, "--label", label, "--network", network, .. publish, image, .. command]);
                await (server.Length == 0 ? Task.CompletedTask : api.PollAsync(own));
            }));
        });
        var stop = await Median.TimeAsync(async () =>
        {
            await Task.WhenAll(names.Select(name => DockerCommand.RunAsync("stop", "--time", "10", name)));
            await DockerCommand.RunAsync(["rm", "--volumes", .. names]);
            await DockerCommand.RunAsync("network", "rm", network);
        });
        return (start, stop);
    }

    private static async Task<(double Start, double Stop)> PeerAsync(PeerProcess peer, string image, string[] command, int count, int port, string server)
    {
        var ports = Enumerable.Range(0, count).Select(_ => port == 0 ? 0 : PlainApi.FreePort()).ToList();
        var start = await peer.StartAsync(image, command, ports, port, server);
        return (start, await peer.StopAsync());
    }
}
