using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>
/// This assembly as a client process that tests can kill: <c>&lt;service&gt; &lt;instance&gt; [stop | reset | NAME=value ...]</c> starts a
/// service in the environment it was given, with variables of the service, or stops or resets it, and prints each event, then
/// <c>started &lt;container id or pid&gt;</c>, <c>stopped</c>, <c>reset</c> or <c>failed &lt;code&gt;: &lt;message&gt;</c>. With <c>use &lt;rounds&gt;</c> it uses the
/// shared environment of that name so often, prints <c>used</c> each time, and <c>released</c> at the end. <c>judge &lt;owner&gt;</c>
/// prints what is known of an owner. As <c>test &lt;class&gt; &lt;method&gt;</c> it is a test in host mode, which fails with an exception.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["judge", var owner])
        {
            Console.WriteLine(OwnerIdentity.Judge(owner));
            return 0;
        }

        if (arguments is ["test", var type, var test])
        {
            await TestAsync(type, test);
            return 0;
        }

        await using var engine = new LocalZureEngine(EngineOptions.FromEnvironment());
        Console.WriteLine("ready");
        if (arguments is [var used, var environment, "use", var rounds])
        {
            return await UseAsync(engine, used, environment, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture));
        }

        return arguments is [var name, var instance, "stop" or "reset"]
            ? arguments[2] == "stop" ? await StopAsync(engine, name, instance) : await ResetAsync(engine, name, instance)
            : await StartAsync(engine, arguments[0], arguments[1], arguments[2..].Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
    }

    private static Task TestAsync(string type, string test)
    {
        var tests = typeof(Program).Assembly.GetType($"{typeof(Program).Namespace}.{type}", throwOnError: true)!;
        return (Task)tests.GetMethod(test)!.Invoke(Activator.CreateInstance(tests), [ServiceMode.Host])!;
    }

    private static async Task<int> StartAsync(LocalZureEngine engine, string name, string instance, Dictionary<string, string> variables)
    {
        var request = new StartRequest
        {
            Names = [name],
            Instance = instance,
            Ports = new Dictionary<string, PortWish> { [""] = 0 },
            Environment = variables,
        };
        var outcome = (await engine.StartAsync(request, new EventPrinter(), CancellationToken.None)).Single();
        return Print(outcome, service => $"started {service.ContainerId ?? $"{service.ProcessId}"}");
    }

    private static async Task<int> UseAsync(LocalZureEngine engine, string name, string environment, int rounds)
    {
        var start = new StartRequest { Names = [name], Ports = new Dictionary<string, PortWish> { [""] = 0 } };
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var use = await engine.AcquireEnvironmentAsync(new EnvironmentRequest { Name = environment, Start = start }, new EventPrinter(), CancellationToken.None);
                using var client = new HttpClient();
                using var answer = await client.GetAsync(use.Environment.Services.Single(service => service.Name == name).Endpoints.Values.First());
                Console.WriteLine($"used {(int)answer.StatusCode}");
                await engine.ReleaseEnvironmentAsync(use, new EventPrinter(), CancellationToken.None);
            }
        }
        catch (LocalZureException e)
        {
            Console.WriteLine($"failed {e.Code}: {e.Message}");
            return 1;
        }

        Console.WriteLine("released");
        return 0;
    }

    private static async Task<int> StopAsync(LocalZureEngine engine, string name, string instance)
    {
        var services = await engine.GetAsync(new ServiceQuery { Names = [name], Instance = instance }, new EventPrinter(), CancellationToken.None);
        var outcome = (await engine.StopAsync(new StopRequest { Services = services }, new EventPrinter(), CancellationToken.None)).Single();
        return Print(outcome, _ => "stopped");
    }

    private static async Task<int> ResetAsync(LocalZureEngine engine, string name, string instance)
    {
        var services = await engine.GetAsync(new ServiceQuery { Names = [name], Instance = instance }, new EventPrinter(), CancellationToken.None);
        var outcome = (await engine.ResetAsync(new RestartRequest { Services = services }, new EventPrinter(), CancellationToken.None)).Single();
        return Print(outcome, _ => "reset");
    }

    private static int Print(ServiceOutcome outcome, Func<Service, string> words)
    {
        Console.WriteLine(outcome.Service is { } service ? words(service) : $"failed {outcome.Error!.Code}: {outcome.Error.Message}");
        return outcome.Service is null ? 1 : 0;
    }
}
