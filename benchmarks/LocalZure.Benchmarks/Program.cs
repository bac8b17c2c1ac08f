using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using LocalZure.Benchmarks;
using LocalZure.Benchmarks.Measurements;

// LocalZure.Benchmarks [--until <unix seconds>] [--peer <assembly>]... [wildcard of row names ...]: prints one JSON object per row, as soon as it
// is measured.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--cold-start", var instance])
{
    Console.WriteLine(await StartUntilUsable.ColdAsync(instance));
    return;
}

var peers = new List<string>();
var patterns = new List<string>();
var until = DateTimeOffset.MaxValue;
for (var index = 0; index < args.Length; index++)
{
    switch (args[index])
    {
        case "--until":
            until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(args[++index], CultureInfo.InvariantCulture));
            break;
        case "--peer":
            peers.Add(args[++index]);
            break;
        default:
            patterns.Add(args[index]);
            break;
    }
}

var measurements = new Dictionary<string, Func<IAsyncEnumerable<Row>>>
{
    ["start-nowait"] = StartNoWait.RunAsync,
    ["start-usable"] = StartUntilUsable.RunAsync,
    ["start-again"] = StartAgain.RunAsync,
    ["stop"] = Stop.RunAsync,
    ["stop-data"] = StopWithData.RunAsync,
    ["exit"] = ExitWhileStarting.RunAsync,
    ["list"] = ListMany.RunAsync,
    ["start-many"] = StartMany.RunAsync,
    ["orphans"] = RemoveMany.RunAsync,
    ["own-8"] = () => AgainstPeers.OwnAsync(8, peers),
    ["azurite-1"] = () => AgainstPeers.AzuriteAsync(1, peers),
    ["azurite-8"] = () => AgainstPeers.AzuriteAsync(8, peers),
    ["azurite-20"] = () => AgainstPeers.AzuriteAsync(20, peers),
};
foreach (var (name, run) in measurements)
{
    if (patterns.Count > 0 && !patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name)))
    {
        continue;
    }

    if (DateTimeOffset.UtcNow >= until)
    {
        Write(Row.Failed(name, "", "not measured: the time is up"));
        continue;
    }

    Console.Error.WriteLine($"  {name}");
    try
    {
        await foreach (var row in run())
        {
            Write(row);
        }
    }
    catch (Exception e)
    {
        // The other rows are worth having.
        Write(Row.Failed(name, "", e.Message));
    }
}

static void Write(Row row)
{
    Console.WriteLine(JsonSerializer.Serialize(row));
    Console.Out.Flush();
}
