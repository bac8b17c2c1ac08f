using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>
/// This assembly as a client process that tests can kill: starts a service in the environment it was given and prints
/// each event, then <c>started &lt;container id or pid&gt;</c> or <c>failed &lt;code&gt;: &lt;message&gt;</c>.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var request = new StartRequest
        {
            Names = [arguments[0]],
            Instance = arguments[1],
            Ports = new Dictionary<string, int> { [""] = 0 },
        };
        await using var engine = new LocalZureEngine(EngineOptions.FromEnvironment());
        var outcome = (await engine.StartAsync(request, new EventPrinter(), CancellationToken.None)).Single();
        Console.WriteLine(outcome.Service is { } service
            ? $"started {service.ContainerId ?? $"{service.ProcessId}"}"
            : $"failed {outcome.Error!.Code}: {outcome.Error.Message}");
        return outcome.Service is null ? 1 : 0;
    }
}
