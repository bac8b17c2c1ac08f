using System.Diagnostics;
using System.Globalization;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>A start of Azurite Blob until a client can use it, against plain API calls and a 20 ms poll.</summary>
internal static class StartUntilUsable
{
    private const int Pairs = 9;
    private const int ColdRuns = 5;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        using var api = new PlainApi();
        var (ours, plain) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene), () => PlainAsync(scene, api));
        yield return Row.WithRatio("start until usable, Azurite blob", ours, "API create, start, 20 ms poll", plain, 1.05);
        var network = scene.NewName();
        await DockerCommand.RunAsync("network", "create", network);
        var (again, networked) = await Median.OfPairsAsync(Pairs, () => OursAsync(scene), () => PlainAsync(scene, api, network));
        await DockerCommand.RunAsync("network", "rm", network);
        yield return Row.WithRatio("the same", again, "the same in a network that is there", networked, 1.05);
        List<double> cold = [];
        List<double> beside = [];
        for (var run = 0; run < ColdRuns; run++)
        {
            cold.Add(await InFreshProcessAsync(scene));
            beside.Add(await PlainAsync(scene, api));
        }

        yield return Row.WithRatio("the same, first call of a process", Median.Of(cold), "API create, start, 20 ms poll", Median.Of(beside), null);
    }

    /// <summary>Milliseconds of the first start in this process.</summary>
    public static async Task<double> ColdAsync(string instance)
    {
        await using var scene = new Scene();
        return await Median.TimeAsync(() => scene.StartAsync(scene.Blob() with { Instance = instance }));
    }

    private static async Task<double> OursAsync(Scene scene)
    {
        var request = scene.Blob();
        var time = await Median.TimeAsync(() => scene.StartAsync(request));
        await scene.ClearAsync();
        return time;
    }

    private static async Task<double> PlainAsync(Scene scene, PlainApi api, string network = "default")
    {
        var name = scene.NewName();
        var port = PlainApi.FreePort();
        var time = await Median.TimeAsync(async () =>
        {
            await api.StartBlobAsync(scene, name, port, network: network);
            await api.PollAsync(port);
        });
        await scene.ClearAsync();
        return time;
    }

    private static async Task<double> InFreshProcessAsync(Scene scene)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(StartUntilUsable).Assembly.Location, "--cold-start", scene.Instance]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await scene.ClearAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
