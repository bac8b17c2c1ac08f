using System.Runtime.CompilerServices;
using LocalZure.Engine;

namespace LocalZure.PowerShell.Watching;

/// <summary>What a watcher does. Uses nothing of PowerShell.</summary>
internal static class WatcherProgram
{
    /// <summary>Set in the environment of watchers, and there alone.</summary>
    public const string Mark = "LOCALZURE_WATCHER";

    /// <summary>Variables that are for the watcher's own runtime, not for what it starts.</summary>
    public static readonly IReadOnlyDictionary<string, string> Runtime = new Dictionary<string, string>
    {
        // It has next to nothing to do: no background collector, no sockets of debuggers in the temporary folder.
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_GCHeapCount"] = "1",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>The variable of .NET that names start-up hooks.</summary>
    public const string Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Whether this process is a watcher.</summary>
    public static bool IsThis => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Watches to the end.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        foreach (var name in Runtime.Keys.Append(Hooks).Append(Mark))
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        EngineAssembly.Serve();
        return RunWithEngine();
    }

    // The engine can be found when this is compiled, not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunWithEngine() => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        var log = new WatcherLog();
        try
        {
            var engine = new LocalZureEngine(EngineOptions.FromEnvironment());
            await using (engine.ConfigureAwait(false))
            {
                await engine.WatchAsync(log, CancellationToken.None).ConfigureAwait(false);
            }

            return 0;
        }
        catch (LocalZureException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }
}
