using LocalZure.Engine;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Lifecycle.InContainers;

namespace LocalZure.Integration.Tests.Support;

/// <summary>A folder to build from and a service name of one test's own; its images are removed at the end.</summary>
internal sealed class BuildLab : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("localzure-build-").FullName;

    private BuildLab(IContainerRuntime runtime)
    {
        Runtime = runtime;
        Directory.CreateDirectory(Context);
        Builder = NewBuilder();
    }

    public IContainerRuntime Runtime { get; }

    public ImageBuilder Builder { get; }

    public string Service { get; } = $"it{Guid.NewGuid().ToString("N")[..10]}";

    /// <summary>The folder that is built from.</summary>
    public string Context => Path.Combine(_root, "context");

    public static async Task<BuildLab> OpenAsync() =>
        new(await new DockerConnector(EnvironmentSnapshot.Capture(), "/nonexistent", TimeProvider.System).ConnectAsync(CancellationToken.None));

    /// <summary>Another builder with the same home, as another shell would have.</summary>
    public ImageBuilder NewBuilder() => new(Path.Combine(_root, "home"), TimeProvider.System);

    public void Write(string name, string content) => File.WriteAllText(Path.Combine(Context, name), content.ReplaceLineEndings("\n"));

    public ImageBuild Build() => new() { Service = Service, Project = "shop", Subject = $"localzure-{Service}", Context = Context };

    /// <summary>Builds if need be; answers with the image and the steps that were told.</summary>
    public async Task<(string Image, IReadOnlyList<string> Steps)> EnsureAsync(ImageBuild? build = null, ImageBuilder? builder = null)
    {
        var events = new RecordedEvents();
        var image = await (builder ?? Builder).EnsureAsync(Runtime, build ?? Build(), events, CancellationToken.None);
        return (image, events.All.OfType<Engine.Events.StepProgressed>().Select(step => step.Status).ToList());
    }

    /// <summary>What a command prints in a container of an image.</summary>
    public static Task<string> RunAsync(string image, params string[] command) => Command.DockerAsync(["run", "--rm", image, .. command]);

    /// <summary>The containers that build steps of this lab run in, by a mark in their command.</summary>
    public async Task<IReadOnlyList<string>> StepsThatRunAsync() =>
        (await Command.DockerAsync("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Command}}")).Split('\n').Where(line => line.Contains(Service, StringComparison.Ordinal)).ToList();

    public async ValueTask DisposeAsync()
    {
        // By label: one that was built again has left an image without a name.
        foreach (var image in (await Command.DockerAsync("images", "-q", "--filter", $"label=localzure.built-for={Service}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            await Command.DockerAsync("rmi", "-f", image);
        }

        await Runtime.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
