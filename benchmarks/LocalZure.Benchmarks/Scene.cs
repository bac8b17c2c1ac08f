using LocalZure.Engine;
using LocalZure.Engine.Events;
using LocalZure.Engine.Requests;

namespace LocalZure.Benchmarks;

/// <summary>A home and an instance of the benchmark's own; everything under them is removed at the end.</summary>
internal sealed class Scene : IProgress<LifecycleEvent>, IAsyncDisposable
{
    /// <summary>The image of the storage services.</summary>
    public const string AzuriteImage = "mcr.microsoft.com/azure-storage/azurite:3.37.0";

    /// <summary>The image that is ready at once; <c>tests/images/build.sh</c> makes it.</summary>
    public const string SmallImage = "localzure-test/busybox:1";

    /// <summary>The command that LocalZure runs Azurite Blob with.</summary>
    public static readonly string[] BlobCommand = ["azurite-blob", "--blobHost", "0.0.0.0", "--location", "/data", "--skipApiVersionCheck", "--disableTelemetry"];

    private int _names;

    /// <summary>Creates one.</summary>
    public Scene()
    {
        Home = Directory.CreateTempSubdirectory("localzure-bench-").FullName;
        Engine = new LocalZureEngine(new EngineOptions { Home = Home, Environment = EnvironmentSnapshot.Capture() });
        Script = Path.Combine(Home, "azurite-blob");
        File.WriteAllText(Script, "#!/bin/sh\nexec service listen 10000\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>The LocalZure home.</summary>
    public string Home { get; }

    /// <summary>The engine.</summary>
    public LocalZureEngine Engine { get; }

    /// <summary>The instance of all services here.</summary>
    public string Instance { get; } = $"bench{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Takes the place of Azurite's program in the small image.</summary>
    public string Script { get; }

    /// <summary>On everything that is made without LocalZure.</summary>
    public Dictionary<string, string> ForeignLabels => new() { ["localzure-bench"] = Instance };

    /// <summary>A name that nothing has yet.</summary>
    public string NewName() => $"{Instance}-{Interlocked.Increment(ref _names)}";

    /// <summary>The request for Azurite Blob at a free port.</summary>
    public StartRequest Blob() => new() { Names = ["blob"], Instance = Instance, Mode = ServiceMode.Docker, Ports = new Dictionary<string, PortWish> { ["blob"] = PlainApi.FreePort() } };

    /// <summary>The request for the small image in its place.</summary>
    public StartRequest Small() => Blob() with { Image = SmallImage, Volumes = new Dictionary<string, string> { [Script] = "/bin/azurite-blob" } };

    /// <summary>Starts one service.</summary>
    public async Task<Service> StartAsync(StartRequest request)
    {
        var outcome = (await Engine.StartAsync(request, this, CancellationToken.None))[0];
        return outcome.Service ?? throw outcome.Error!;
    }

    /// <summary>Stops everything of this scene at once, data included.</summary>
    public async Task ClearAsync()
    {
        foreach (var (kind, label) in new[] { ("container", "localzure.instance"), ("container", "localzure-bench"), ("network", "localzure.instance"), ("volume", "localzure.instance"), ("volume", "localzure-bench") })
        {
            string[] all = kind == "container" ? ["--all"] : [];
            var ids = (await DockerCommand.RunAsync([kind, "ls", .. all, "--quiet", "--filter", $"label={label}={Instance}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var some in ids.Chunk(100))
            {
                string[] force = kind == "network" ? [] : ["--force"];
                await DockerCommand.RunAsync([kind, "rm", .. force, .. some]);
            }
        }
    }

    /// <inheritdoc/>
    public void Report(LifecycleEvent value)
    {
        if (value is Degraded warning)
        {
            Console.Error.WriteLine($"  warning: {warning.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ClearAsync();
        await Engine.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}
