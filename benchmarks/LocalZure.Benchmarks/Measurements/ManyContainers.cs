namespace LocalZure.Benchmarks.Measurements;

/// <summary>Makes many containers that look like ours.</summary>
internal static class ManyContainers
{
    private const int AtOnce = 8;

    /// <summary>Creates them with our labels, not started.</summary>
    public static async Task<IReadOnlyList<string>> CreateAsync(Scene scene, int count, IReadOnlyList<string> options)
    {
        var ids = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, _) =>
        {
            ids[index] = await DockerCommand.RunAsync([
                "create", "--network", "none", "--name", $"localzure-service{index}-{scene.Instance}",
                "--label", "localzure.managed=true", "--label", $"localzure.service=service{index}", "--label", $"localzure.instance={scene.Instance}",
                "--label", "localzure.lifetime=Persistent", "--label", "localzure.config-hash=0123456789abcdef", "--label", "localzure.version=0.1.0",
                .. options, Scene.SmallImage, "idle"]);
        });
        return ids;
    }
}
