using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using LocalZure.Benchmarks;
using LocalZure.Benchmarks.Measurements;

// LocalZure.Benchmarks [wildcard of row names ...]: prints one JSON object per row.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--cold-start", var instance])
{
    Console.WriteLine(await StartUntilUsable.ColdAsync(instance));
    return;
}

var measurements = new Dictionary<string, Func<Task<IReadOnlyList<Row>>>>
{
    ["start-nowait"] = StartNoWait.RunAsync,
    ["start-usable"] = StartUntilUsable.RunAsync,
    ["start-again"] = StartAgain.RunAsync,
    ["stop"] = Stop.RunAsync,
    ["exit"] = ExitWhileStarting.RunAsync,
    ["list"] = ListMany.RunAsync,
    ["start-many"] = StartMany.RunAsync,
    ["orphans"] = RemoveMany.RunAsync,
};
foreach (var (name, run) in measurements)
{
    if (args.Length == 0 || args.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name)))
    {
        Console.Error.WriteLine($"  {name}");
        foreach (var row in await run())
        {
            Console.WriteLine(JsonSerializer.Serialize(row));
        }
    }
}
