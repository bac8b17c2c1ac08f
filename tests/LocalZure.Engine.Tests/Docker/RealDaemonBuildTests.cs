using System.Formats.Tar;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Images;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

/// <summary>What reaches the daemon of this machine from a build context, against what the docker command line sends.</summary>
[Trait("Needs", "engine")]
public sealed class RealDaemonBuildTests : IClassFixture<DockerDaemonFixture>
{
    /// <summary>In the long form of the tests, which takes the short one's too.</summary>
    private static readonly int Seeds = TestForm.IsLong ? 100 : 8;

    // The older builder, which the command line falls back to, does not look for exceptions with wildcards in folders that are
    // kept out, and takes a backslash before a letter for a control character (\a); there the two differ on purpose, and so exceptions have wildcards in their last part alone.
    private static readonly string[] Parts = ["a", "b", "ab", ".c", "d.txt", "e.md"];
    private static readonly string[] Wild = ["*", "**", "a*", "?", "*.md", "[ab]", "[^a]*", "\\.c", "*.t?t", "**/b", ".*"];

    private readonly DockerDaemonFixture _daemon;

    public RealDaemonBuildTests(DockerDaemonFixture daemon) => _daemon = daemon;

    // Removed when all are built: an engine that looks for a step in its cache fails when another image of the same base goes meanwhile.
    [DockerFact]
    [Trait("Form", "full")]
    public async Task Build_RandomContexts_HaveTheFilesThatTheCommandLineSends()
    {
        var names = Enumerable.Range(0, Seeds).Select(_ => $"localzure-test/{_daemon.NewName()}").ToList();
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Seeds), new ParallelOptions { MaxDegreeOfParallelism = 5 }, (seed, _) => new ValueTask(CompareAsync(seed, names[seed])));
        }
        finally
        {
            foreach (var name in names)
            {
                foreach (var image in (await DockerCommand.RunAsync("images", "--format", "{{.Repository}}:{{.Tag}}", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    await DockerCommand.RunAsync("rmi", "-f", image);
                }
            }
        }
    }

    private async Task CompareAsync(int seed, string name)
    {
        using var folder = new TempFolder();
        var ignore = Fill(folder, new Random(seed));
        await DockerCommand.RunAsync("build", "-q", "-t", $"{name}:cli", folder.Path);
        await _daemon.Runtime.BuildImageAsync(SpecOf(folder, $"{name}:ours"), null, CancellationToken.None);

        var expected = await FilesAsync(folder, $"{name}:cli");
        var ours = await FilesAsync(folder, $"{name}:ours");
        Assert.True(expected.SequenceEqual(ours), $"seed {seed}, .dockerignore:\n{ignore}\ncommand line: {string.Join(' ', expected)}\nours: {string.Join(' ', ours)}");
    }

    private static BuildSpec SpecOf(TempFolder folder, string tag)
    {
        var context = BuildContext.Read(folder.Path, null, CancellationToken.None);
        return new BuildSpec { Tag = tag, Files = context.Files, Dockerfile = context.Dockerfile };
    }

    private static string Fill(TempFolder folder, Random random)
    {
        for (var file = 0; file < 30; file++)
        {
            var path = folder.File([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Parts[random.Next(Parts.Length)])]);
            if (IsFree(path) && Parents(path, folder.Path).All(parent => Directory.Exists(parent) || IsFree(parent)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (random.Next(8) == 0)
                {
                    File.CreateSymbolicLink(path, random.Next(2) == 0 ? "../nowhere" : "/nowhere/at/all");
                }
                else
                {
                    File.WriteAllText(path, new string('x', random.Next(3) * 700));
                }
            }
        }

        // Not from scratch: an image without a layer, where everything is kept out, cannot be saved.
        File.WriteAllText(folder.File("Dockerfile"), $"FROM {DockerTestImage.Name}\nCOPY . /context/\n");
        var lines = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Line(random)).ToArray();
        File.WriteAllLines(folder.File(".dockerignore"), lines);
        return string.Join('\n', lines);
    }

    private static string Line(Random random)
    {
        var isException = random.Next(3) == 0;
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 && !isException ? Wild[random.Next(Wild.Length)] : Parts[random.Next(Parts.Length)]).ToList();
        if (isException && parts.Count > 1 && random.Next(2) == 0)
        {
            parts[^1] = "*.md";
        }

        return (isException ? "!" : "") + (random.Next(4) == 0 ? "/" : "") + string.Join('/', parts) + (random.Next(6) == 0 ? "/ " : "");
    }

    // All links lead nowhere, so that nothing is written through them.
    private static bool IsFree(string path) => !Path.Exists(path) && new FileInfo(path).LinkTarget is null;

    private static IEnumerable<string> Parents(string path, string root)
    {
        for (var parent = Path.GetDirectoryName(path)!; parent != root; parent = Path.GetDirectoryName(parent)!)
        {
            yield return parent;
        }
    }

    // "./a/b 644 700 ->" for every path of the image's layers, in whatever order 'docker save' has these.
    private static async Task<IReadOnlyList<string>> FilesAsync(TempFolder folder, string image)
    {
        var archive = folder.File($"saved-{Guid.NewGuid():N}.tar");
        await DockerCommand.RunAsync("save", "-o", archive, image);
        List<string> files = [];
        await using var saved = File.OpenRead(archive);
        await using var reader = new TarReader(saved);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            if (entry.Name.EndsWith("layer.tar", StringComparison.Ordinal))
            {
                await using var layer = new TarReader(entry.DataStream!);
                while (await layer.GetNextEntryAsync() is { } file)
                {
                    files.Add($"{file.Name} {file.EntryType} {Convert.ToString((int)file.Mode, 8)} {file.Uid}:{file.Gid} {file.Length} {file.LinkName}");
                }
            }
        }

        Assert.NotEmpty(files);
        return files.Order(StringComparer.Ordinal).ToList();
    }
}
