using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LocalZure.Benchmarks.Peers;

/// <summary>
/// Serves the driver: a line <c>start {json}</c> or <c>stop</c> on the input, the milliseconds that it took on the output. One process serves all
/// rounds, so that what is measured is warm.
/// </summary>
internal static class PeerLoop
{
    public static async Task RunAsync(IPeer peer)
    {
        // What the peer itself prints must not come between.
        var answers = Console.Out;
        Console.SetOut(Console.Error);
        await answers.WriteLineAsync(peer.Name);
        await answers.FlushAsync();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var watch = Stopwatch.StartNew();
            if (line == "stop")
            {
                await peer.StopAsync();
            }
            else
            {
                var request = JsonSerializer.Deserialize<PeerRequest>(line["start ".Length..])!;
                await peer.StartAsync(request);
                await (request.Server.Length == 0 ? Task.CompletedTask : Task.WhenAll(request.Ports.Select(port => Usable.WaitAsync(port, request.Server))));
            }

            await answers.WriteLineAsync(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
            await answers.FlushAsync();
        }
    }
}
